"""The verbs and subjects of the journal, as one reads them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

# Those who act without an account.
AUTHORS: Final = ("usager", "lecteur", "système", "modération")

VERBS: Final = {
    "announce_improvement": _("annonce une amélioration"),
    "answer_back": _("répond à un service"),
    "appeal": _("conteste un refus"),
    "ask_correction": _("demande une correction"),
    "assign": _("confie un récit"),
    "close_account": _("ferme un compte"),
    "close_alert": _("clôt une alerte"),
    "close_appeal": _("clôt un recours"),
    "close_reports": _("clôt des signalements"),
    "close_structure": _("ferme une structure"),
    "comment": _("commente"),
    "correct": _("corrige son récit"),
    "correct_labels": _("corrige les étiquettes"),
    "decide": _("décide d’une publication"),
    "delete_template": _("supprime un modèle"),
    "deposit": _("dépose un récit"),
    "drop_decision": _("abandonne une décision devenue sans objet"),
    "drop_quotes": _("retire des citations d’une note"),
    "drop_theme": _("écarte un thème"),
    "escalate": _("donne l’alerte"),
    "forget_address": _("retire son adresse"),
    "give_address": _("donne son adresse"),
    "give_link": _("donne un lien vers une note"),
    "grant_role": _("donne un rôle"),
    "identity_tied": _("relie une identité"),
    "import_articles": _("importe des pages d’information"),
    "import_experiences": _("importe des récits"),
    "import_structures": _("importe l’annuaire"),
    "invite": _("envoie une invitation"),
    "involve": _("associe un autre service"),
    "judge_lead": _("juge une piste"),
    "leave_version": _("laisse une version de note"),
    "load_demonstration": _("charge la démonstration"),
    "mask_again": _("masque un récit publié"),
    "merge_themes": _("réunit des thèmes"),
    "move_structure": _("déplace une structure"),
    "open_account": _("ouvre un compte"),
    "pass_on": _("confie un récit à un collègue"),
    "pick_quote": _("choisit une citation"),
    "publish": _("publie un récit"),
    "publish_answer_back": _("publie le retour d’un auteur"),
    "publish_reply": _("publie une réponse"),
    "rate": _("juge une réponse"),
    "reassign": _("transfère un récit"),
    "recall_reply": _("reprend une réponse envoyée"),
    "refuse": _("refuse un récit"),
    "refuse_answer_back": _("refuse le retour d’un auteur"),
    "remake_note": _("refait une note"),
    "rename_structure": _("renomme une structure"),
    "renew_study": _("renouvelle une étude"),
    "reopen_account": _("rouvre un compte"),
    "reopen_structure": _("rouvre une structure"),
    "report": _("signale un contenu"),
    "restore_theme": _("remet un thème"),
    "revoke_role": _("retire un rôle"),
    "reword_reply": _("change des mots d’une réponse"),
    "say_same": _("dit avoir vécu la même chose"),
    "schedule_study": _("programme une étude"),
    "send_back_reply": _("renvoie une réponse à revoir"),
    "send_note": _("envoie une note"),
    "send_reply": _("envoie une réponse"),
    "show_note": _("montre une note"),
    "set_rules": _("change les règles d’un réseau"),
    "sign_in": _("se connecte"),
    "sign_in_refused": _("échoue à se connecter"),
    "sign_note": _("signe une note"),
    "split_theme": _("sépare un thème"),
    "start_study": _("commence une étude"),
    "submit_reply": _("propose une réponse à valider"),
    "take_back": _("remet un récit dans la file"),
    "take_over": _("reprend la lecture d’un récit"),
    "take_version": _("reprend une version de note"),
    "undo_decision": _("annule sa décision"),
    "withdraw": _("retire son récit"),
    "withdraw_links": _("retire les liens d’une note"),
    "word_note": _("écrit dans une note"),
    "write_formulas": _("écrit les formules d’une structure"),
    "write_lead": _("écrit une piste"),
    "write_template": _("écrit un modèle"),
}
SUBJECTS: Final = {
    "agent": _("compte"),
    "experience": _("récit"),
    "structure": _("structure"),
    "network": _("réseau"),
}


def verb(code: str) -> str:
    return str(VERBS.get(code, code))


def subject(code: str) -> str:
    return str(SUBJECTS.get(code, code))
