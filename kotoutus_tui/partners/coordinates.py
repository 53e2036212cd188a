"""Finnish map coordinates: ETRS-TM35FIN (EPSG:3067) metres to and from degrees, and distances."""

from math import asinh, atan, atanh, cos, cosh, degrees, hypot, radians, sin, sinh, sqrt, tan

# GRS80 and the transverse Mercator series of JHS 197, exact to a millimetre in Finland.
_FLATTENING = 1 / 298.257222101
_SCALE, _CENTRE, _FALSE_EASTING = 0.9996, radians(27), 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = 6_378_137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ECCENTRICITY = sqrt(2 * _FLATTENING - _FLATTENING**2)
_THERE = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)
_BACK = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)


def to_metres(latitude: float, longitude: float) -> tuple[int, int]:
    """Return easting and northing of a place given in degrees."""
    phi, turned = radians(latitude), radians(longitude) - _CENTRE
    conformal = sinh(asinh(tan(phi)) - _ECCENTRICITY * atanh(_ECCENTRICITY * sin(phi)))
    xi, eta = atan(conformal / cos(turned)), asinh(sin(turned) / hypot(conformal, cos(turned)))
    north = xi + sum(h * sin(2 * k * xi) * cosh(2 * k * eta) for k, h in enumerate(_THERE, 1))
    east = eta + sum(h * cos(2 * k * xi) * sinh(2 * k * eta) for k, h in enumerate(_THERE, 1))
    return round(_FALSE_EASTING + _SCALE * _RADIUS * east), round(_SCALE * _RADIUS * north)


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude, to six decimals, of a place given in metres."""
    north, east = northing / (_RADIUS * _SCALE), (easting - _FALSE_EASTING) / (_RADIUS * _SCALE)
    xi = north - sum(h * sin(2 * k * north) * cosh(2 * k * east) for k, h in enumerate(_BACK, 1))
    eta = east - sum(h * cos(2 * k * north) * sinh(2 * k * east) for k, h in enumerate(_BACK, 1))
    longitude = _CENTRE + atan(sinh(eta) / cos(xi))
    conformal = sin(xi) / hypot(sinh(eta), cos(xi))
    phi = atan(conformal)
    for _round in range(4):  # converges to nothing after three
        phi = atan(sinh(asinh(conformal) + _ECCENTRICITY * atanh(_ECCENTRICITY * sin(phi))))
    return round(degrees(phi), 6), round(degrees(longitude), 6)


def kilometres(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return how far two places are from each other as the crow flies."""
    return hypot(one[0] - other[0], one[1] - other[1]) / 1000
