"""Every address × every role × own file, a colleague's file, another organisation's file."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario, member, person
from jalon.documents.models import Document
from jalon.journeys import copies, questions
from jalon.juries import actions
from jalon.juries.models import Hearing
from jalon.law.vocabulary import Role
from jalon.mailbox import feeds
from jalon.people.models import User
from jalon.support import employers, groups, notes, surveys
from jalon.support.attendance import hours_of
from jalon.support.links import news_token, offer_token, signing_token, token_of
from jalon.support.planning import book
from jalon.support.queries import offered
from jalon.support.workshops import enrol
from jalon.web.saved_views import keep
from jalon.writing import aids
from tests.catalogue.exports import an_export_to_confirm
from tests.juries.steps import declare
from tests.support.agenda import kept_for_somebody, opened
from tests.support.attendance import attended_today
from tests.support.companies import a_group
from tests.support.covers import replacement
from tests.support.messages import joined_file
from tests.support.plans import planned_action
from tests.support.rehearsing import shared_grid
from tests.support.rooms import a_workshop
from tests.writing.aiding import an_old_aid
from tests.writing.helped import a_text_typed

#: What a person gets: the page, a way to sign in, nothing at all, or a wrong method.
OPEN, SIGN_IN, NOTHING, OVER = 200, 302, 404, 410

WHO = (
    "nobody",
    "candidate",
    "other_candidate",
    "architect",
    "colleague",
    "head",
    "stranger",
    "officer",
    "other_officer",
    "juror",
    "other_juror",
    "administrator",
)

#: The pages of a juror about one hearing.
OF_A_HEARING = (
    "hearing",
    "declare",
    "presence",
    "own_assessments",
    "assessments",
    "votes",
    "sign",
    "addendum",
)

ALL = frozenset(WHO)
SIGNED_IN = ALL - {"nobody"}
CANDIDATES = frozenset({"candidate", "other_candidate"})
TEAM = frozenset({"architect", "colleague", "head"})


@dataclass(frozen=True)
class Expected:
    """Who sees the page; the others get nothing, or are asked to sign in, which leads to no hidden one."""

    sees: frozenset[str]
    moved: frozenset[str] = field(default_factory=frozenset)
    post_only: bool = False
    hidden: bool = False
    answers: int = OPEN


def only(*who: str) -> Expected:
    """Say that a page opens to these people and to nobody else."""
    return Expected(frozenset(who))


#: The people who may open the journey of the fixture, once it is before a jury.
READERS = frozenset({"architect", "colleague", "head", "officer", "administrator"})
#: The candidate, and who accompanies them on this very file.
FILLING = only("candidate", "architect", "head")
#: A door of the accounts: whoever is in already goes to their own page.
DOOR = Expected(frozenset({"nobody"}), moved=SIGNED_IN)
#: Whoever is signed in is told to send a form; who it is decided once it is sent.
FILLED = Expected(SIGNED_IN, post_only=True)

EXPECTED: dict[str, Expected] = {
    "account_login": DOOR,
    "account_request_login_code": DOOR,
    "account_confirm_login_code": Expected(frozenset(), moved=ALL),
    "account_signup": DOOR,
    "public:home": Expected(ALL),
    "public:offline": Expected(ALL),
    "public:orientation": Expected(ALL),
    "public:work": Expected(ALL),
    "public:catalogue": Expected(ALL),
    "public:sheet": Expected(ALL),
    "public:page": Expected(ALL),
    "public:comfort": Expected(ALL),
    "public:verify": Expected(ALL),
    "public:booking": Expected(ALL),
    "public:move_booking": Expected(ALL),
    "public:cancel_booking": Expected(ALL),
    "public:earlier": Expected(ALL),
    "public:earlier_offer": Expected(ALL),
    "public:goes_on": Expected(ALL),
    "public:stops": Expected(ALL),
    "public:sign": Expected(ALL),
    "public:employer": Expected(ALL),
    "public:aid": Expected(ALL, answers=OVER),
    "public:aid_text": Expected(ALL, answers=OVER),
    "public:aid_voice": Expected(ALL, answers=OVER),
    "public:save_aid_text": Expected(ALL, post_only=True),
    "public:feed": Expected(ALL),
    "public:offers": Expected(SIGNED_IN),
    "public:answer_offer": Expected(SIGNED_IN, post_only=True),
    "public:after_sign_in": Expected(frozenset(), moved=SIGNED_IN),
    "candidate:home": Expected(CANDIDATES),
    "candidate:journey": only("candidate"),
    "candidate:booking": only("candidate"),
    "candidate:move_booking": only("candidate"),
    "candidate:booking_file": only("candidate"),
    "candidate:cancel_booking": only("candidate"),
    "candidate:earlier": only("candidate"),
    "candidate:hours": only("candidate"),
    "candidate:sign": only("candidate"),
    "candidate:survey": only("candidate"),
    "candidate:workshops": only("candidate"),
    "candidate:workshop": only("candidate"),
    "candidate:join_workshop": FILLED,
    "candidate:leave_workshop": only("candidate"),
    "candidate:company": only("candidate"),
    "candidate:withdraw_agreement": FILLED,
    "candidate:employer_reads": Expected(CANDIDATES),
    "candidate:leave_company": only("candidate"),
    "candidate:data": Expected(CANDIDATES),
    "candidate:reads": Expected(CANDIDATES),
    "candidate:ask_copy": Expected(CANDIDATES, post_only=True),
    "candidate:copy": only("candidate"),
    "candidate:sign_in_again": Expected(CANDIDATES, post_only=True),
    "candidate:start": Expected(SIGNED_IN - {"candidate"}, moved=frozenset({"candidate"})),
    "writing:autosave": FILLED,
    "writing:feasibility": FILLING,
    "writing:profile": FILLING,
    "writing:goals": FILLING,
    "writing:request": only(),
    "writing:request_pdf": only(),
    "writing:experience": FILLING,
    "writing:remove_experience": FILLED,
    "writing:bloc": FILLING,
    "writing:upload": FILLING,
    "writing:withdraw": FILLED,
    "writing:review": Expected(READERS | {"candidate"}),
    "writing:validation": only("candidate"),
    "writing:presentation": only("candidate"),
    "writing:section": only("candidate"),
    "writing:record": FILLED,
    "writing:help": only("architect", "head"),
    "writing:aids": only("candidate"),
    "writing:withdraw_aid": FILLED,
    "writing:send_aid_again": FILLED,
    "writing:helped": only("candidate"),
    "writing:remarks": only("architect", "head"),
    "writing:remark": only("architect", "head"),
    "writing:reply": FILLED,
    "writing:versions": FILLING,
    "writing:compare": FILLING,
    "writing:follow": FILLING,
    "writing:ready": FILLED,
    "writing:before_sending": FILLING,
    "writing:reading": Expected(READERS | {"candidate", "juror"}),
    "architect:caseload": Expected(TEAM | {"stranger"}),
    "architect:several": Expected(frozenset(), moved=TEAM | {"stranger"}),
    "architect:several_done": Expected(frozenset(), moved=TEAM | {"stranger"}),
    "architect:keep_view": Expected(TEAM | {"stranger"}),
    "architect:rename_view": Expected(TEAM),
    "architect:remove_view": Expected(TEAM),
    "architect:open_first": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:today": Expected(TEAM | {"stranger"}),
    "architect:take_over": Expected(TEAM | {"stranger"}),
    "architect:import": Expected(TEAM | {"stranger"}),
    "architect:import_columns": Expected(TEAM | {"stranger"}),
    "architect:agenda": Expected(TEAM | {"stranger"}),
    "architect:agenda_settings": Expected(TEAM | {"stranger"}),
    "architect:new_opening": Expected(TEAM | {"stranger"}),
    "architect:end_opening": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:new_absence": Expected(TEAM | {"stranger"}),
    "architect:end_absence": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:new_site": Expected(TEAM | {"stranger"}),
    "architect:site": Expected(TEAM),
    "architect:close_site": Expected(TEAM),
    "architect:reopen_site": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:keep_from_afar": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:keep_workshop_from_afar": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:earlier": Expected(TEAM | {"stranger"}),
    "architect:hold": only("head"),
    "architect:morning": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:book": Expected(frozenset(), moved=frozenset({"architect", "head"})),
    "architect:booking": only("architect", "head"),
    "architect:move_booking": only("architect", "head"),
    "architect:cancel_booking": only("architect", "head"),
    "architect:settle": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:covers": Expected(TEAM | {"stranger"}),
    "architect:new_cover": Expected(TEAM | {"stranger"}),
    "architect:cover": Expected(TEAM),
    "architect:end_cover": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:entrust": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:groups": Expected(TEAM | {"stranger"}),
    "architect:new_group": Expected(TEAM | {"stranger"}),
    "architect:group": Expected(TEAM),
    "architect:change_group": Expected(TEAM),
    "architect:replace_group_code": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:revoke_group_code": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:new_contact": Expected(TEAM),
    "architect:send_link": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:revoke_contact": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:workshops": Expected(TEAM | {"stranger"}),
    "architect:new_workshop": Expected(TEAM | {"stranger"}),
    "architect:workshop": Expected(TEAM),
    "architect:change_workshop": Expected(TEAM),
    "architect:cancel_workshop": Expected(TEAM),
    "architect:enrol": Expected(TEAM),
    "architect:take_off": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:presence": Expected(TEAM),
    "architect:attendance": Expected(TEAM | {"stranger"}),
    "architect:half_day": Expected(TEAM),
    "architect:send_codes": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:sign_leader": only("architect"),
    "architect:sign_half_day": Expected(TEAM),
    "architect:sign_meeting": only("architect", "head"),
    "architect:attendance_sheet": Expected(TEAM),
    "architect:visit_half_day": Expected(TEAM),
    "architect:bring_half_day": Expected(TEAM | {"stranger"}, post_only=True),
    "architect:visit_meeting": only("architect", "head"),
    "architect:bring_meeting": Expected(TEAM | {"stranger"}, post_only=True),
    "certifier:inbox": only("officer", "other_officer"),
    "certifier:sessions": only("officer", "other_officer"),
    "certifier:new_session": only("officer", "other_officer"),
    "certifier:settings": only("officer", "other_officer"),
    "certifier:change_setting": only("officer", "other_officer"),
    "certifier:session": only("officer"),
    "certifier:change_session": only("officer"),
    "certifier:panel": only("officer"),
    "certifier:cancel_session": only("officer"),
    "certifier:convene_several": only("officer"),
    "certifier:criteria": only("officer", "other_officer"),
    "certifier:sheet_criteria": only("officer"),
    "certifier:equivalences": only("officer", "other_officer"),
    "certifier:new_equivalence": only("officer", "other_officer"),
    "certifier:end_equivalence": Expected(frozenset({"officer", "other_officer"}), post_only=True),
    "certifier:jurors": only("officer", "other_officer"),
    "certifier:participations": only("officer", "other_officer"),
    "certifier:new_juror": only("officer", "other_officer"),
    "certifier:juror": only("officer"),
    "certifier:retire_juror": Expected(frozenset({"officer", "other_officer"}), post_only=True),
    "certifier:convene": only("officer"),
    "certifier:absence": only("officer"),
    "certifier:postpone": only("officer"),
    "certifier:lift_link": only("officer"),
    "juror:home": only("juror", "other_juror"),
    "juror:session": only("juror"),
    "juror:agenda": only("juror"),
    "juror:hearing": only("juror"),
    "juror:own_assessments": only("juror"),
    "juror:declare": only("juror"),
    "juror:presence": only("juror"),
    "juror:assessments": only("juror"),
    "juror:votes": only("juror"),
    "juror:sign": only("juror"),
    "juror:addendum": only("juror"),
    "office:people": only("head", "administrator"),
    "office:add": only("head", "administrator"),
    "office:all_files": only("administrator"),
    "office:lists": only("head", "administrator"),
    "office:kept": only("head", "administrator"),
    "office:organisations": only("administrator"),
    "office:new_organisation": only("administrator"),
    "office:catalogue": only("administrator"),
    "office:catalogue_import": only("administrator"),
    "office:contact_details": only("administrator"),
    "office:organisation": only("administrator"),
    "office:certifying": only("administrator"),
    "office:end_access": only("head", "administrator"),
    "office:reopen_access": Expected(frozenset({"head", "administrator"}), post_only=True),
    "office:handed_over": only("head", "administrator"),
    "office:files": only("head", "administrator"),
    "steering:home": only("head", "administrator"),
    "steering:quality": only("head", "administrator"),
    "steering:theme": only("head", "administrator"),
    "steering:list": only("head", "administrator"),
    "law:applied": Expected(TEAM | {"stranger", "officer", "other_officer", "administrator"}),
    "dossiers:complaints": only("officer", "other_officer", "head", "administrator"),
    "dossiers:answer_complaint": only(),
    "dossiers:notices": Expected(SIGNED_IN),
    "dossiers:mails": Expected(SIGNED_IN),
    "dossiers:reads": only("candidate", "head", "administrator"),
    # No line of this file was done elsewhere: there is nothing to prove.
    "dossiers:join_proof": only(),
    "dossiers:hours": Expected(TEAM),
    "dossiers:feed": Expected(CANDIDATES | TEAM | {"stranger"}),
    "dossiers:revoke_feed": Expected(CANDIDATES | TEAM | {"stranger"}, post_only=True),
    "dossiers:agenda": Expected(READERS | {"candidate", "juror"}),
    "dossiers:journey": Expected(READERS, moved=frozenset({"candidate", "juror"})),
    **dict.fromkeys(
        ("dossiers:exchanges", "dossiers:written", "dossiers:papers", "dossiers:journal"),
        Expected(READERS, moved=frozenset({"candidate", "juror"})),
    ),
    "dossiers:correct_report": only("architect", "head"),
    # What a candidate and who accompanies write to one another is never read by who certifies or judges.
    "dossiers:thread": Expected(TEAM | {"candidate"}),
    "dossiers:joined_file": Expected(TEAM | {"candidate"}),
    "dossiers:settle_messages": Expected(TEAM | {"stranger"}, post_only=True),
    "dossiers:write_note": only("architect", "head"),
    "dossiers:change_note": only("architect"),
    "dossiers:ask_certifier": only("architect", "head"),
    "dossiers:answer_question": only("officer"),
    "dossiers:rehearsal": only("architect", "head"),
    "dossiers:rehearsal_bloc": only("architect", "head"),
    "dossiers:share_rehearsal": only("architect", "head"),
    # What who accompanies found at a rehearsal is never read by who certifies or judges.
    "dossiers:rehearsal_grid": Expected(TEAM | {"candidate"}),
    **dict.fromkeys(
        ("dossiers:keep_action", "dossiers:move_action", "dossiers:give_up_action"), FILLING
    ),
    "dossiers:keep_milestone": Expected(TEAM | {"stranger"}, post_only=True),
    "dossiers:act": Expected(frozenset({"architect", "head"})),
    "dossiers:download": Expected(READERS | {"candidate", "juror"}),
    "health": Expected(ALL),
    # To who brings a token, and no person has one.
    "metrics": Expected(frozenset(), hidden=True),
    "demo:sign_in": Expected(ALL),
    "demo:mails": Expected(ALL),
}


def our_addresses(resolver: Any = None, space: str = "") -> list[str]:
    """Return the name of each address of ours; the accounts' own are the library's."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if "compte/" not in str(pattern.pattern):
                found += our_addresses(
                    pattern, f"{pattern.namespace}:" if pattern.namespace else space
                )
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            found.append(space + pattern.name)
    return found


def test_each_address_has_its_expectation() -> None:
    assert set(our_addresses()) == set(EXPECTED)


@dataclass
class Scene:
    """A journey before a jury, and everybody around it."""

    people: dict[str, User | None]
    addresses: dict[str, str]


@pytest.fixture
def scene(demo: DemoPeople, scenario: Scenario) -> Scene:
    scenario.to_scheduled()
    scenario.run_pending_jobs()
    timekeeper.travel(scenario.at)
    journey = scenario.journey
    hearing = Hearing.objects.get(attempt=journey.attempt)
    declare(hearing)
    linked = actions.declare(hearing, demo.jurors[1].user, related=True)
    other_certifier = demo.neighbour
    colleague = next(one for one in demo.architects if one != scenario.architect)
    people = {
        "nobody": None,
        "candidate": journey.candidate,
        "other_candidate": person("Autre", "Candidat", "autre@exemple.fr"),
        "architect": scenario.architect,
        "colleague": colleague,
        "head": demo.head,
        "stranger": demo.stranger,
        "officer": demo.officer,
        "other_officer": member(
            person("Autre", "Sceau", "autre.sceau@exemple.fr"), other_certifier, Role.CERTIFIER
        ),
        "juror": demo.jurors[0].user,
        "other_juror": demo.jurors[3].user,
        "administrator": demo.administrator,
    }
    validation = Document.objects.get(journey=journey, kind="validation")
    data_copy = copies.ask(journey.candidate)
    copies.make(data_copy)
    bloc = journey.targeted.first()
    opened(scenario.architect, demo.accompanist)
    met = book(journey.pk, offered(scenario.architect, journey)[0].key, scenario.architect)
    kept = kept_for_somebody(met)
    joined = a_workshop(scenario)
    seat = enrol(joined.pk, journey.pk, scenario.architect)
    morning = attended_today(scenario)
    together = a_group(scenario)
    groups.join(journey.pk, together.code, journey.candidate)
    reader = employers.add_contact(together.pk, scenario.architect, "Léa Exemple", "lea@exemple.fr")
    there = hours_of(journey)[-1]
    aid = an_old_aid(scenario)
    note = notes.write(journey.pk, scenario.architect, "Préfère le téléphone.")
    asked = questions.ask(journey.pk, scenario.architect, "La pièce suffit-elle ?")
    away = replacement(scenario.architect, colleague, starts=30)
    view = keep(demo.head, "Toute l’équipe", "filtre=en-cours&tous=1", shared=True)
    ids: dict[str, list[Any]] = {
        "public:sheet": ["RNCP38622"],
        "public:page": ["contact"],
        "public:answer_offer": [1],
        **{
            f"public:{name}": [token_of(met)]
            for name in ("booking", "move_booking", "cancel_booking", "earlier")
        },
        "public:goes_on": [news_token(journey)],
        "public:stops": [news_token(journey)],
        "public:earlier_offer": [offer_token(kept)],
        "candidate:journey": [journey.pk],
        "candidate:copy": [data_copy.pk],
        **{
            f"candidate:{name}": [journey.pk]
            for name in ("booking", "move_booking", "booking_file", "cancel_booking", "earlier")
        },
        **{
            f"architect:{name}": [met.pk]
            for name in ("booking", "move_booking", "cancel_booking", "settle")
        },
        "architect:book": [journey.pk],
        **{f"architect:{name}": [met.site_id] for name in ("site", "close_site", "reopen_site")},
        "architect:keep_from_afar": [met.site_id, met.pk],
        "architect:keep_workshop_from_afar": [met.site_id, joined.pk],
        **{
            f"architect:{name}": [joined.pk]
            for name in ("workshop", "change_workshop", "cancel_workshop", "enrol")
        },
        **{
            f"architect:{name}": [together.pk]
            for name in ("group", "change_group", "replace_group_code", "revoke_group_code")
        },
        "architect:new_contact": [together.pk],
        "architect:send_link": [together.pk, reader.pk],
        "architect:revoke_contact": [together.pk, reader.pk],
        "public:employer": [employers.token_of(reader)],
        "candidate:company": [journey.pk],
        "candidate:withdraw_agreement": [journey.pk],
        "candidate:leave_company": [journey.pk],
        "candidate:survey": [surveys.ask(journey, demo.accompanist.pk).journey_id],
        "candidate:workshops": [journey.pk],
        **{
            f"candidate:{name}": [journey.pk, joined.pk]
            for name in ("workshop", "join_workshop", "leave_workshop")
        },
        **{f"architect:{name}": [away.pk] for name in ("cover", "end_cover", "entrust")},
        "architect:take_off": [joined.pk, seat.pk],
        "architect:presence": [joined.pk, joined.half_days.get().pk],
        "public:sign": [signing_token(there)],
        "public:feed": [feeds.make(journey.candidate)],
        "candidate:hours": [journey.pk],
        "candidate:sign": [journey.pk, there.kind, there.number],
        **{f"architect:{name}": [morning.pk] for name in ("half_day", "send_codes", "sign_leader")},
        "architect:sign_half_day": [morning.pk, journey.pk],
        "architect:sign_meeting": [journey.meetings.first().pk],
        "architect:attendance_sheet": [morning.workshop_id],
        **{f"architect:{name}": [morning.pk] for name in ("visit_half_day", "bring_half_day")},
        **{f"architect:{name}": [met.pk] for name in ("visit_meeting", "bring_meeting")},
        "dossiers:hours": [journey.pk],
        **{f"architect:{name}": [view.pk] for name in ("rename_view", "remove_view", "open_first")},
        "architect:end_opening": [1],
        "architect:end_absence": [1],
        "dossiers:reads": [journey.pk],
        "candidate:start": [journey.certification.code],
        "writing:remove_experience": [journey.pk, journey.experiences.first().pk],
        "writing:bloc": [journey.pk, bloc.pk],
        "writing:withdraw": [journey.pk, validation.pk],
        "writing:section": [journey.pk, bloc.competences.first().pk],
        "writing:help": [journey.pk, bloc.competences.first().pk],
        "writing:aids": [journey.pk],
        "writing:withdraw_aid": [journey.pk, aid.pk],
        "writing:send_aid_again": [journey.pk, aid.pk],
        "public:aid": [aids.token_of(aid)],
        **{
            f"public:{name}": [aids.token_of(aid), bloc.competences.first().pk]
            for name in ("aid_text", "save_aid_text")
        },
        "public:aid_voice": [aids.token_of(aid), bloc.competences.first().pk, journey.pk],
        "writing:helped": [journey.pk, a_text_typed(scenario).pk],
        "writing:record": [journey.pk, bloc.competences.first().pk],
        "writing:remarks": [journey.pk, bloc.competences.first().pk],
        "writing:versions": [journey.pk, bloc.competences.first().pk],
        "writing:compare": [journey.pk, bloc.competences.first().pk],
        "writing:ready": [journey.pk, bloc.pk],
        "writing:remark": [journey.pk, bloc.competences.first().pk, "context", 0],
        "writing:reply": [journey.pk, 1],
        "certifier:change_setting": ["quorum"],
        **{
            f"certifier:{name}": [hearing.session_id]
            for name in ("session", "change_session", "panel", "cancel_session", "convene_several")
        },
        "certifier:sheet_criteria": [journey.certification.code],
        "juror:session": [hearing.session_id],
        "juror:agenda": [hearing.session_id],
        "dossiers:answer_complaint": [1],
        "dossiers:join_proof": [journey.pk, 1],
        "dossiers:agenda": [journey.pk],
        "certifier:convene": [journey.pk],
        "certifier:absence": [hearing.pk],
        "certifier:postpone": [hearing.pk],
        "certifier:lift_link": [linked.pk],
        "certifier:end_equivalence": [1],
        "certifier:juror": [demo.jurors[0].pk],
        "certifier:retire_juror": [demo.jurors[0].pk],
        "steering:theme": ["delais"],
        "steering:list": ["entrees"],
        "office:catalogue_import": [an_export_to_confirm().pk],
        "office:organisation": [demo.accompanist.pk],
        "office:certifying": [demo.certifier.pk],
        "office:end_access": [demo.head.memberships.get().pk],
        "office:reopen_access": [demo.head.memberships.get().pk],
        **{
            f"dossiers:{name}": [journey.pk]
            for name in ("journey", "exchanges", "written", "papers", "journal")
        },
        "dossiers:thread": [journey.pk],
        "dossiers:joined_file": [journey.pk, joined_file(scenario).document_id],
        "dossiers:settle_messages": [journey.pk],
        "dossiers:write_note": [journey.pk],
        "dossiers:change_note": [journey.pk, note.pk],
        "dossiers:ask_certifier": [journey.pk],
        "dossiers:answer_question": [journey.pk, asked.pk],
        "dossiers:correct_report": [journey.pk, journey.meetings.first().pk],
        **{f"dossiers:{name}": [journey.pk] for name in ("rehearsal", "share_rehearsal")},
        "dossiers:rehearsal_bloc": [journey.pk, bloc.pk],
        "dossiers:rehearsal_grid": [journey.pk, shared_grid(scenario).pk],
        **{
            f"dossiers:{name}": [journey.pk, planned_action(journey).pk]
            for name in ("keep_action", "move_action", "give_up_action")
        },
        "dossiers:keep_milestone": [journey.pk, journey.milestones.first().pk],
        "dossiers:act": [journey.pk, "confirm_told"],
        "dossiers:download": [validation.pk],
    }
    for name in (
        "autosave",
        "feasibility",
        "profile",
        "goals",
        "experience",
        "upload",
        "review",
        "request",
        "request_pdf",
        "validation",
        "presentation",
        "reading",
        "follow",
        "before_sending",
    ):
        ids[f"writing:{name}"] = [journey.pk]
    for name in OF_A_HEARING:
        ids[f"juror:{name}"] = [hearing.pk]
    return Scene(people, {name: reverse(name, args=ids.get(name, [])) for name in EXPECTED})


def test_everybody_sees_what_is_theirs_and_nothing_else(scene: Scene) -> None:
    wrong = []
    for who in WHO:
        client = Client()
        if (user := scene.people[who]) is not None:
            client.force_login(user)
        for name, expected in EXPECTED.items():
            got = client.get(scene.addresses[name]).status_code
            if who in expected.sees:
                wanted = 405 if expected.post_only else expected.answers
            elif who in expected.moved or (who == "nobody" and not expected.hidden):
                wanted = SIGN_IN
            else:
                wanted = NOTHING
            if got != wanted:
                wrong.append(f"{who} at {name}: {got}, expected {wanted}")
    assert wrong == []


@pytest.mark.rule("R-124")
def test_a_professional_look_at_a_file_is_recorded(scene: Scene, scenario: Scenario) -> None:
    client = Client()
    client.force_login(scenario.architect)
    before = scenario.journey.reads.count()
    client.get(scene.addresses["dossiers:journey"])
    assert scenario.journey.reads.count() == before + 1
    assert scenario.journey.reads.first().reader == scenario.architect


@pytest.mark.rule("R-125")
def test_an_employer_has_no_role_hence_sees_nothing(scene: Scene, scenario: Scenario) -> None:
    client = Client()
    client.force_login(person("Un", "Employeur", "employeur@exemple.fr"))
    assert client.get(scene.addresses["dossiers:journey"]).status_code == NOTHING


@pytest.mark.rule("R-036")
def test_the_identity_document_is_gone_once_decided(scene: Scene, scenario: Scenario) -> None:
    identity = Document.objects.get(journey=scenario.journey, kind="identity")
    assert identity.removed_at is not None
    client = Client()
    client.force_login(scenario.journey.candidate)
    assert client.get(reverse("dossiers:download", args=[identity.pk])).status_code == NOTHING


def test_a_file_is_served_as_a_download_only(scene: Scene, scenario: Scenario) -> None:
    client = Client()
    client.force_login(scenario.journey.candidate)
    answer = client.get(scene.addresses["dossiers:download"])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["writing:remove_experience", "writing:withdraw"])
def test_nobody_takes_anything_out_of_another_file(
    scene: Scene, scenario: Scenario, name: str
) -> None:
    client = Client()
    for who in ("other_candidate", "stranger", "officer", "juror", "administrator"):
        client.force_login(scene.people[who])
        assert client.post(scene.addresses[name]).status_code == NOTHING, who
    assert scenario.journey.experiences.exists()


def test_only_who_manages_a_team_ends_an_access(scene: Scene, demo: DemoPeople) -> None:
    client = Client()
    client.force_login(scene.people["architect"])
    assert client.post(scene.addresses["office:end_access"]).status_code == NOTHING
    assert demo.head.memberships.get().ended_at is None


@pytest.mark.rule("R-090")
def test_only_who_follows_the_file_notes_that_a_date_was_kept(
    scene: Scene, scenario: Scenario
) -> None:
    planned = scenario.journey.milestones.get(kept_on__isnull=True)
    address = reverse("dossiers:keep_milestone", args=[scenario.journey.pk, planned.pk])
    for who, kept in (("stranger", False), ("colleague", False), ("architect", True)):
        client = Client()
        client.force_login(scene.people[who])
        client.post(address)
        planned.refresh_from_db()
        assert (planned.kept_on is not None) is kept, who
    assert planned.kept_on == timekeeper.today()
