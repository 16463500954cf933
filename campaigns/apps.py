from kam.core.rooms import RoomConfig


class CampaignsConfig(RoomConfig):
    name = "campaigns"
    verbose_name = "Campaigns"
