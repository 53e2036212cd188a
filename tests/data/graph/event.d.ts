// An extract of @microsoft/microsoft-graph-types 2.43.1, comments left out.
/*
Microsoft Graph TypeScript Typings

Copyright 2015 Microsoft Corporation

All right reserved.

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.
*/

export type DayOfWeek = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";
export type FreeBusyStatus = "unknown" | "free" | "tentative" | "busy" | "oof" | "workingElsewhere";
export type Sensitivity = "normal" | "personal" | "private" | "confidential";
export type RecurrencePatternType = | "daily" | "weekly" | "absoluteMonthly" | "relativeMonthly" | "absoluteYearly" | "relativeYearly";
export type RecurrenceRangeType = "endDate" | "noEnd" | "numbered";
export type WeekIndex = "first" | "second" | "third" | "fourth" | "last";
export interface Event extends OutlookItem {
    allowNewTimeProposals?: NullableOption<boolean>;
    attendees?: NullableOption<Attendee[]>;
    body?: NullableOption<ItemBody>;
    bodyPreview?: NullableOption<string>;
    cancelledOccurrences?: string[];
    end?: NullableOption<DateTimeTimeZone>;
    hasAttachments?: NullableOption<boolean>;
    hideAttendees?: NullableOption<boolean>;
    iCalUId?: NullableOption<string>;
    importance?: NullableOption<Importance>;
    isAllDay?: NullableOption<boolean>;
    isCancelled?: NullableOption<boolean>;
    isDraft?: NullableOption<boolean>;
    isOnlineMeeting?: NullableOption<boolean>;
    isOrganizer?: NullableOption<boolean>;
    isReminderOn?: NullableOption<boolean>;
    location?: NullableOption<Location>;
    locations?: NullableOption<Location[]>;
    onlineMeeting?: NullableOption<OnlineMeetingInfo>;
    onlineMeetingProvider?: NullableOption<OnlineMeetingProviderType>;
    onlineMeetingUrl?: NullableOption<string>;
    organizer?: NullableOption<Recipient>;
    originalEndTimeZone?: NullableOption<string>;
    originalStart?: NullableOption<string>;
    originalStartTimeZone?: NullableOption<string>;
    recurrence?: NullableOption<PatternedRecurrence>;
    reminderMinutesBeforeStart?: NullableOption<number>;
    responseRequested?: NullableOption<boolean>;
    responseStatus?: NullableOption<ResponseStatus>;
    sensitivity?: NullableOption<Sensitivity>;
    seriesMasterId?: NullableOption<string>;
    showAs?: NullableOption<FreeBusyStatus>;
    start?: NullableOption<DateTimeTimeZone>;
    subject?: NullableOption<string>;
    transactionId?: NullableOption<string>;
    type?: NullableOption<EventType>;
    webLink?: NullableOption<string>;
    attachments?: NullableOption<Attachment[]>;
    calendar?: NullableOption<Calendar>;
    exceptionOccurrences?: NullableOption<Event[]>;
    extensions?: NullableOption<Extension[]>;
    instances?: NullableOption<Event[]>;
    multiValueExtendedProperties?: NullableOption<MultiValueLegacyExtendedProperty[]>;
    singleValueExtendedProperties?: NullableOption<SingleValueLegacyExtendedProperty[]>;
}
export interface OutlookItem extends Entity {
    categories?: NullableOption<string[]>;
    changeKey?: NullableOption<string>;
    createdDateTime?: NullableOption<string>;
    lastModifiedDateTime?: NullableOption<string>;
}
export interface Entity {
    id?: string;
}
export interface DateTimeTimeZone {
    dateTime?: string;
    timeZone?: NullableOption<string>;
}
export interface Location {
    address?: NullableOption<PhysicalAddress>;
    coordinates?: NullableOption<OutlookGeoCoordinates>;
    displayName?: NullableOption<string>;
    locationEmailAddress?: NullableOption<string>;
    locationType?: NullableOption<LocationType>;
    locationUri?: NullableOption<string>;
    uniqueId?: NullableOption<string>;
    uniqueIdType?: NullableOption<LocationUniqueIdType>;
}
export interface PatternedRecurrence {
    pattern?: NullableOption<RecurrencePattern>;
    range?: NullableOption<RecurrenceRange>;
}
export interface RecurrencePattern {
    dayOfMonth?: number;
    daysOfWeek?: NullableOption<DayOfWeek[]>;
    firstDayOfWeek?: NullableOption<DayOfWeek>;
    index?: NullableOption<WeekIndex>;
    interval?: number;
    month?: number;
    type?: NullableOption<RecurrencePatternType>;
}
export interface RecurrenceRange {
    endDate?: NullableOption<string>;
    numberOfOccurrences?: number;
    recurrenceTimeZone?: NullableOption<string>;
    startDate?: NullableOption<string>;
    type?: NullableOption<RecurrenceRangeType>;
}
export interface SingleValueLegacyExtendedProperty extends Entity {
    value?: NullableOption<string>;
}
