import sys

from huiyin.config.command import main

sys.exit(main())
