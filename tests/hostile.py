"""Text that must neither act on a terminal, nor crash a screen, nor vanish from it.

ACTING holds strings with codes that a terminal obeys or that reorder a line; MARKUP those that a widget
could read as instructions; SCRIPTS those that are honest and hard to measure; FORMULAS those that a
spreadsheet would run. ALL has them all.
"""

ESC = "\x1b"
BEL = "\x07"
ST = "\x1b\\"

ACTING = (
    f"{ESC}[2J",
    f"{ESC}[31mpunainen{ESC}[0m",
    f"{ESC}[10;10Hhyppy",
    f"{ESC}[6n",
    f"{ESC}[c",
    f"{ESC}[>c",
    f"{ESC}c",
    f"{ESC}(0",
    f"{ESC}#8",
    f"{ESC}[?1049l",
    f"{ESC}[?25h",
    f"{ESC}[1;5r",
    f"{ESC}[3J",
    f"{ESC}[8;5;20t",
    f"{ESC}[21t",
    f"{ESC}]0;otsikko{BEL}",
    f"{ESC}]2;otsikko{ST}",
    f"{ESC}]52;c;a2FwcGFsZQ=={BEL}",
    f"{ESC}]52;c;a2FwcGFsZQ=={ST}",
    f"{ESC}]8;;https://example.org{ST}linkki{ESC}]8;;{ST}",
    f"{ESC}]10;?{BEL}",
    f"{ESC}]4;1;rgb:00/00/00{BEL}",
    f"{ESC}P$qm{ST}",
    f"{ESC}P1000p",
    f"{ESC}_apc{ST}",
    f"{ESC}^pm{ST}",
    f"{ESC}X sos{ST}",
    "\x9b2J",
    "\x9b31mc1",
    "\x9d0;otsikko\x9c",
    "\x9d52;c;a2FwcGFsZQ==\x9c",
    "\x90$qm\x9c",
    "\x85uusi rivi",
    "\x84\x8d\x8e\x8f",
    "nolla\x00keskellä",
    "ääni\x07",
    "poisto\x08\x08\x08",
    "rivi\r\nloppu",
    "palautus\rpäälle",
    "pysty\x0bsivu\x0c",
    "sarkain\tkaksi\t",
    "siirto\x0e\x0f",
    "xon\x11xoff\x13",
    "eof\x04sub\x1a",
    "del\x7f\x7f",
    "rivi\u2028väli\u2029",
    "\u202eoikealta vasemmalle",
    "a\u202db\u202cc",
    "a\u2066b\u2067c\u2068d\u2069",
    "\u200f\u200e\u061cmerkit",
    "\ufefftavumerkki",
    "tag\U000e0041\U000e0042\U000e007f",
    "puolikas\ud800",
    "\udc80\udcff",
)

MARKUP = (
    "[/]",
    "[/b]",
    "a [/b] c",
    "[b]lihava",
    "[red]punainen[/red]",
    "[Kela] päätös",
    "[link=https://example.org]linkki[/link]",
    "[@click=app.quit]lopeta[/]",
    "[on red",
    "[[[]]]",
    "\\[b]",
    "$nimi $text-muted",
    "{0} {nimi} {",
    "%s %d %(nimi)s",
    ":smile: :warning:",
    "<b>&amp;</b>",
    "'; drop table client; --",
    "../../etc/passwd",
    "$(reboot) `reboot`",
    "[true, false]",
    "b'[bold]'",
)

FORMULAS = ("=1+1", '=HYPERLINK("https://example.org")', "+358401234567", "-1", "@SUM(A1)", "\t=1", "\r=1")

SCRIPTS = (
    "রহিমা খাতুন",
    "محمد الأحمد",
    "محمد‌رضا",
    "חיים",
    "王小明",
    "김민수",
    "たなか さくら",
    "Олександр Ковальов",
    "አበበ በቀለ",
    "ကျော်စွာ",
    "ญาดา",
    "ক্ষ্ম",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇫🇮",
    "e\u0301e\u0301e\u0301",
    "Z" + "\u0301\u0302\u0303\u0304\u0305" * 40,
    "\u0301alku",
    "\u200d\u200d",
    "ﷺ",
    "⚠️",
    "x" * 5000,
    "王" * 500,
    "sana " * 400,
    "",
    " ",
    "\u00a0",
)

ALL = (*ACTING, *MARKUP, *FORMULAS, *SCRIPTS)

# What no screen may send because of data: the introducers of sequences and the codes that reorder a line.
FORBIDDEN_ON_SCREEN = frozenset(
    [
        *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))),
        *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
        *(chr(code) for code in range(0xE0000, 0xE0080)),
        *(chr(code) for code in range(0xD800, 0xE000)),
    ]
)
