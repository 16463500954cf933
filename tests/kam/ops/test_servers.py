"""The private servers of one folder: a new clone begins with an empty department."""

from pathlib import Path

import pytest

from kam.ops.servers import set_aside_what_another_clone_left


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    """A cluster outside the folder, as root's lies."""
    cluster = tmp_path / "lib" / "pg-15"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15")
    return cluster


def test_a_new_clone_leaves_the_older_departments_data_where_it_can_be_found(
    cluster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_aside_what_another_clone_left(cluster, tmp_path / "var")
    (aside,) = cluster.parent.iterdir()
    assert not cluster.exists()
    assert (aside / "PG_VERSION").read_text() == "15"
    assert str(aside) in capsys.readouterr().err
    assert (tmp_path / "var" / "servers_in").read_text() == f"{cluster}\n"


@pytest.mark.parametrize("known_by", ["servers_in", "secret_key"])
def test_a_folder_that_ran_before_keeps_its_data(
    cluster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], known_by: str
) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / known_by).write_text("")
    set_aside_what_another_clone_left(cluster, var)
    assert (cluster / "PG_VERSION").read_text() == "15"
    assert capsys.readouterr().err == ""


def test_a_second_start_is_not_a_new_clone(cluster: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    set_aside_what_another_clone_left(cluster, var)
    cluster.mkdir()
    set_aside_what_another_clone_left(cluster, var)
    assert cluster.exists()
    assert len(list(cluster.parent.iterdir())) == 2


def test_a_cluster_inside_the_folder_is_the_folders_own(tmp_path: Path) -> None:
    cluster = tmp_path / "var" / "servers" / "pg-15"
    cluster.mkdir(parents=True)
    set_aside_what_another_clone_left(cluster, tmp_path / "var")
    assert cluster.exists()
