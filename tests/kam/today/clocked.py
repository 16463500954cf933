"""`python -m tests.kam.today.clocked INSTANT worker …`: Celery in a process whose clock stands at INSTANT when it starts, and runs."""

import sys
from datetime import datetime

import time_machine

if __name__ == "__main__":
    time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True).start()
    from celery.__main__ import main

    sys.argv = ["celery", *sys.argv[2:]]
    sys.exit(main())
