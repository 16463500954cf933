from kam.core.rooms import RoomConfig


class JobsConfig(RoomConfig):
    name = "kam.jobs"
    label = "jobs"
    verbose_name = "Jobs"
