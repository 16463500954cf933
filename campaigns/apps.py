from kam.core.rooms import RoomConfig


class CampaignsConfig(RoomConfig):
    default = True
    name = "campaigns"
    verbose_name = "Campaigns"
