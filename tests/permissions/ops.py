from tests.permissions.row import Row

ROWS = [
    Row("favicon.ico", "GET", "the icon", "200: * anonymous gone"),
    Row("healthz", "GET", "the process", "200: * anonymous gone"),
    Row("readyz", "GET", "nothing was heard from yet", "503: * anonymous gone"),
    Row("metrics", "GET", "without the token", "403: * anonymous gone"),
    Row("ops/", "GET", "processes and jobs", "200: admin; 403: *"),
]
