"""Official names in capitals become names that one reads."""

from __future__ import annotations

import pytest

from portevoix.web.directory.names import as_read, tidy


@pytest.mark.parametrize(
    ("official", "read"),
    [
        ("CAF DE L'HERAULT", "CAF de l’Hérault"),
        ("Caf de l'AIN", "Caf de l’Ain"),
        ("COMMISSARIAT DE POLICE DE LENS", "Commissariat de Police de Lens"),
        ("Trésorerie COZES-MORTAGNE-SUR-GIRONDE", "Trésorerie Cozes-Mortagne-sur-Gironde"),
        (
            "Service des Impôts des particuliers (SIP) LENS",
            "Service des Impôts des particuliers (SIP) Lens",
        ),
        ("MSA Alpes Vaucluse", "MSA Alpes Vaucluse"),
        ("MuCEM", "MuCEM"),
    ],
)
def test_tidy(official: str, read: str) -> None:
    assert tidy(official) == read


def test_the_name_given_for_users_comes_first() -> None:
    assert as_read("Roujan", "France services Roujan", "Structure France services") == (
        "France services Roujan"
    )


def test_an_agency_named_by_its_town_says_what_it_is() -> None:
    assert as_read("DIJON EST-PE", "", "AGENCE POLE EMPLOI (APE)") == "France Travail – Dijon Est"
