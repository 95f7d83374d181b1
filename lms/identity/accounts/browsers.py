"""How a browser introduces itself, in words: «Firefox, Windows»."""

# The first sign that is found names it: Edge also says «Chrome», Chrome «Safari».
PROGRAMS = [
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def browser_name(user_agent: str) -> str:
    """Name the program and the system, as far as they are known."""
    names = [
        next((name for sign, name in known if sign in user_agent), "")
        for known in (PROGRAMS, SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or "Неизвестный браузер"
