"""What somebody types on a bad network: what is shown as saved is, and the rest arrives."""

from collections.abc import Iterator
from io import BytesIO
from time import sleep

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.models import Document
from jalon.people.models import User
from jalon.web import sealing
from jalon.writing.aids import token_of, typed_by
from jalon.writing.models import Section
from tests.conftest import TODAY
from tests.writing.aiding import an_aid

from .conftest import faults, keep
from .network import Mood, Network
from .screen import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What a page holds on its device, as anybody could read it who finds the device.
HELD = """() => new Promise(yes => {
  const ask = indexedDB.open('jalon', 1);
  ask.onsuccess = () => {
    const all = ask.result.transaction('typed').objectStore('typed').getAll();
    all.onsuccess = () => yes([all.result.length, all.result.map(one => JSON.stringify(one)
      + new TextDecoder().decode(one.sealed)).join()]);
  };
})"""
#: Says whether no page of a file is kept for when there is no network.
NOTHING_KEPT = """async () => {
  const kept = await (await caches.open('ecrits')).keys();
  return !kept.some(one => one.url.includes('/dossiers/'));
}"""
#: Says whether a page and the files that it needs are kept.
KEPT = """async () => {
  const [pages, files] = await Promise.all(['ecrits', 'fichiers'].map(async one => (await caches.open(one)).keys()));
  return pages.length > 0 && files.length > 2;
}"""
BACK = "dispatchEvent(new Event('online'))"


class Writing:
    """A text for the jury, on a network of its own, and the devices on which it is written."""

    def __init__(self, browser: Browser, address: str, demo: DemoPeople) -> None:
        timekeeper.travel(TODAY)
        sheet = Certification.objects.get(code="RNCP38901")
        self.scenario = Scenario(demo, sheet, TODAY).to_admissible()
        timekeeper.travel(self.scenario.at)
        self.browser, self.network = browser, Network(address)
        self.devices: list[BrowserContext] = []
        own = Section.objects.filter(file__attempt__journey=self.scenario.journey)
        self.section = own.earliest("pk")
        where = [self.scenario.journey.pk, self.section.competence_id]
        self.address = self.network.address + reverse("writing:section", args=where)

    def device(self, person: User | None = None) -> BrowserContext:
        """Return a phone on which somebody signed in."""
        phone = {"width": 390, "height": 844}
        found = self.browser.new_context(viewport=phone, locale="fr-FR")  # type: ignore[arg-type]
        found.set_default_timeout(8000)
        self.sign_in(found, person or self.scenario.person)
        self.devices.append(found)
        return found

    def sign_in(self, device: BrowserContext, person: User) -> None:
        """Sign in on a device with a session of the server's own making."""
        page = device.new_page()
        sign_in(page, self.network.address, person)
        page.close()

    def open(self, device: BrowserContext) -> Page:
        """Open the page of the text."""
        page = device.new_page()
        page.goto(self.address)
        return page

    @property
    def kept(self) -> str:
        """Return what the database holds."""
        self.section.refresh_from_db()
        return self.section.actions

    def close(self) -> None:
        """End everything."""
        for one in self.devices:
            one.close()
        self.network.close()
        for _ in range(40):
            if not at_work():
                return
            sleep(0.05)


def at_work() -> int:
    """Return how many answers the database still gives to pages that are gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        (count,) = cursor.fetchone()
        return int(count)


@pytest.fixture
def writing(browser: Browser, live_server: object, demo: DemoPeople) -> Iterator[Writing]:
    """A text to write."""
    found = Writing(browser, live_server.url, demo)  # type: ignore[attr-defined]
    yield found
    found.close()


def until(page: Page, true: str) -> None:
    """Wait until a script of the page says that something is true."""
    for _ in range(50):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def said(page: Page) -> Locator:
    """Return the line that says what became of what is typed."""
    return page.locator("p.typing")


def field(page: Page) -> Locator:
    """Return the field in which one says what one did."""
    return page.locator("[name=actions]")


def typed(page: Page, words: str) -> None:
    """Type at the end of the text."""
    field(page).press("Control+End")
    field(page).press_sequentially(words)


def test_every_word_typed_without_network_arrives_when_it_comes_back(writing: Writing) -> None:
    phone = writing.device()
    page = writing.open(phone)
    typed(page, "Je règle le tour.")
    expect(said(page)).to_contain_text("Enregistré à")
    assert writing.kept == "Je règle le tour."
    expect(page.locator(".tips")).to_contain_text("Réponse courte. 4 mots seulement.")
    keep(page, "frappe-enregistree")
    page.evaluate("navigator.serviceWorker.ready")
    until(page, KEPT)
    writing.network.become(Mood.CUT)
    typed(page, " Je mesure.")
    expect(said(page)).to_contain_text("gardé sur cet appareil, partira au retour")
    keep(page, "frappe-sans-reseau")
    page.close()
    assert writing.kept == "Je règle le tour."
    page = writing.open(phone)
    expect(field(page)).to_have_value("Je règle le tour. Je mesure.")
    typed(page, " Je note.")
    writing.network.become(Mood.LOSES_ANSWERS)
    page.evaluate(BACK)
    expect(said(page)).to_contain_text("gardé sur cet appareil")
    writing.network.become(Mood.SLOW)
    page.evaluate(BACK)
    typed(page, " Je range.")
    expect(said(page)).to_contain_text("Enregistré à", timeout=12000)
    assert writing.kept == "Je règle le tour. Je mesure. Je note. Je range."
    page.close()
    assert writing.open(phone).evaluate(HELD)[0] == 0, "what arrived is held no more"


def test_two_devices_that_write_the_same_text_lose_nothing_and_see_both(writing: Writing) -> None:
    one, other = writing.open(writing.device()), writing.open(writing.device())
    typed(one, "Écrit sur le téléphone.")
    expect(said(one)).to_contain_text("Enregistré à")
    typed(other, "Écrit sur l’ordinateur.")
    both = other.get_by_role("group").filter(has_text="aussi été écrit ailleurs")
    expect(both).to_contain_text("Écrit sur le téléphone.")
    expect(both).to_contain_text("Écrit sur l’ordinateur.")
    assert faults(other) == []
    keep(other, "frappe-deux-textes")
    assert "téléphone" in writing.kept and "ordinateur" in writing.kept
    both.get_by_role("button", name="Garder ce qui est écrit ici").click()
    expect(field(other)).to_have_value("Écrit sur l’ordinateur.")
    expect(said(other)).to_contain_text("Enregistré à")
    assert writing.kept == "Écrit sur l’ordinateur."
    typed(one, " Suite.")
    one.locator("[name=result]").fill("Conforme.")
    one.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(one.locator("main")).to_contain_text("C’est enregistré")
    assert "Suite." in writing.kept and "ordinateur" in writing.kept
    assert writing.section.result == "Conforme."
    one.goto(writing.address)
    one.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(one.locator("main")).to_contain_text("C’est enregistré")


def test_the_button_sends_every_field_that_is_late_in_one_request(writing: Writing) -> None:
    page = writing.open(writing.device())
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "/frappe/" in one.url else None)
    words = {"context": "Dans mon atelier.", "actions": "Je règle.", "result": "Conforme."}
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)
    writing.network.become(Mood.CUT)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(said(page)).to_contain_text("gardé sur cet appareil")
    assert len(sent) == 1 and page.evaluate(HELD)[0] == len(words)
    writing.network.become(Mood.CARRIES)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("main")).to_contain_text("C’est enregistré")
    assert writing.kept == "Je règle." and len(sent) == 2
    assert writing.section.texts == dict.fromkeys(Section.QUESTIONS, "") | words


def test_a_text_waits_for_who_wrote_it_though_the_key_changed_and_is_sent_by_nobody_else(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = writing.device()
    page = writing.open(phone)
    page.evaluate("navigator.serviceWorker.ready")
    Session.objects.all().delete()
    typed(page, "Je règle le tour.")
    expect(said(page)).to_contain_text("Votre session est terminée")
    expect(said(page).get_by_role("link", name="Se connecter")).to_be_visible()
    page.close()
    writing.sign_in(phone, writing.scenario.demo.head)
    page = phone.new_page()
    page.goto(
        f"{writing.network.address}/dossiers/{writing.scenario.journey.pk}/faisabilite/attentes/"
    )
    count, clear = page.evaluate(HELD)
    assert (count, writing.kept) == (1, "")
    assert "tour" not in clear
    until(page, "async () => !(await navigator.serviceWorker.getRegistration())")
    until(page, NOTHING_KEPT)
    later = sealing.month_of(TODAY) + 2
    monkeypatch.setattr(sealing, "month_of", lambda day: later)
    writing.sign_in(phone, writing.scenario.person)
    page.goto(f"{writing.network.address}/candidat/")
    until(page, f"async () => (await ({HELD})())[0] === 0")
    assert writing.kept == "Je règle le tour."
    page.goto(writing.address)
    page.get_by_role("button", name="Quitter").click()
    until(page, NOTHING_KEPT)
    writing.network.become(Mood.CUT)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(writing.address)


def test_what_a_helper_types_by_their_link_is_kept_without_network_too(writing: Writing) -> None:
    competence = writing.section.competence_id
    aid = an_aid(writing.scenario)
    page = writing.device(User.objects.create_user("ana@exemple.fr")).new_page()
    link = reverse("public:aid_text", args=[token_of(aid), competence])
    page.goto(writing.network.address + link)
    typed(page, "Je coupe.")
    expect(said(page)).to_contain_text("Enregistré à")
    writing.network.become(Mood.CUT)
    typed(page, " Je soude.")
    expect(said(page)).to_contain_text("gardé sur cet appareil")
    assert "soude" not in page.evaluate(HELD)[1], "sealed"
    page.close()
    writing.network.become(Mood.CARRIES)
    page = writing.devices[-1].new_page()
    page.goto(writing.network.address + link)
    expect(said(page)).to_contain_text("Enregistré à")
    assert typed_by(aid, competence) == {"actions": "Je coupe. Je soude."}
    expect(field(page)).to_have_value("Je coupe. Je soude.")
    assert faults(page) == []
    page.get_by_role("button", name="Proposer ce texte").click()
    expect(page.locator("main")).to_contain_text("À relire par")
    assert faults(page) == [] and writing.kept == ""
    own = writing.device().new_page()
    for name in ("aids", "validation", "before_sending"):
        path = reverse(f"writing:{name}", args=[writing.scenario.journey.pk])
        own.goto(writing.network.address + path)
        assert faults(own) == []
    own.goto(writing.network.address + reverse("writing:validation", args=[aid.journey_id]))
    own.get_by_role("link", name="Un texte écrit pour moi").click()
    expect(own.locator("h1")).to_have_text("Relire un texte écrit pour moi")
    assert faults(own) == []


def test_in_letters_twice_as_large_no_question_is_squeezed_beside_the_button_that_dictates(
    writing: Writing,
) -> None:
    page = writing.open(writing.device())
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    room = "one => (one.clientWidth - parseFloat(getComputedStyle(one).paddingRight)) / innerWidth"
    assert page.locator("label[for=id_actions]").evaluate(room) > 0.7
    press, question = page.locator(".dictate").first, page.locator(".field label").first
    dictates, asks = press.bounding_box(), question.locator("xpath=..").bounding_box()
    assert dictates and asks and dictates["x"] >= asks["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_photo_is_light_and_a_voice_waits_for_the_network_before_they_are_sent(
    writing: Writing,
) -> None:
    page = writing.open(writing.device())
    record(writing, page)
    notes = Image.Exif()
    notes[0x0112] = 6
    photo = BytesIO()
    Image.effect_noise((3000, 1000), 90).convert("RGB").save(photo, "JPEG", exif=notes, quality=95)
    camera = page.get_by_label("Prendre une photo")
    camera.set_input_files(
        {"name": "IMG 1.jpeg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    shown = page.locator(".preview", has_text="IMG 1.jpg")
    expect(shown).to_contain_text("au lieu de")
    keep(page, "photo-avant-envoi")
    assert faults(page) == []
    seen = page.get_by_role("img", name="Aperçu de IMG 1.jpg").evaluate(
        "one => one.width < one.height"
    )
    assert seen, "upright"
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("main")).to_contain_text("C’est enregistré")
    photo, voice = Document.objects.filter(section=writing.section).order_by("media_type").reverse()
    assert Image.open(photo.file).size == (667, 2000)
    assert (voice.name, voice.media_type) == ("Ma soudure.webm", "audio/webm")
    assert 1 <= voice.seconds <= 5


def record(writing: Writing, page: Page) -> None:
    """Record a voice while the network is cut; it leaves once it is back."""
    page.get_by_role("button", name="Répondre par la voix").press("Enter")
    page.get_by_role("button", name="Commencer").press("Enter")
    page.get_by_role("button", name="Abandonner").press("Enter")
    page.get_by_role("button", name="Oui, effacer ma voix").press("Enter")
    expect(page.locator(".voice [role=status]")).to_have_text("Votre voix est effacée.")
    page.get_by_role("button", name="Répondre par la voix").press("Enter")
    page.get_by_role("button", name="Commencer").press("Enter")
    pause = page.get_by_role("button", name="Pause")
    expect(page.locator(".voice strong")).to_have_text("1\u00a0s")
    page.get_by_role("button", name="Abandonner").press("Enter")
    expect(page.get_by_role("button", name="Oui, effacer ma voix")).to_be_visible()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".voice")).to_contain_text("Votre voix n’est pas encore gardée")
    page.get_by_role("button", name="Recommencer").press("Enter")
    expect(page.locator(".voice strong")).to_have_text("1\u00a0s")
    assert page.get_by_label("Niveau du son").evaluate("one => one.value > 0")
    pause.press("Enter")
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    page.get_by_role("button", name="Terminer").press("Enter")
    page.get_by_role("button", name="Réécouter").press("Enter")
    expect(page.get_by_role("button", name="Arrêter l’écoute")).to_be_visible()
    page.get_by_label("Nom de l’enregistrement").fill("Ma soudure")
    keep(page, "voix-avant-envoi")
    assert faults(page) == []
    writing.network.become(Mood.CUT)
    page.get_by_label("Nom de l’enregistrement").press("Enter")
    told = page.locator(".voice li")
    expect(told).to_contain_text("gardé sur cet appareil, il partira au retour du réseau")
    assert "soudure" not in page.evaluate(HELD)[1], "sealed"
    writing.network.become(Mood.CARRIES)
    page.evaluate(BACK)
    expect(told).to_contain_text("joint à cette compétence")
    until(page, f"async () => (await ({HELD})())[0] === 0")


#: A browser that hears one sentence as soon as it listens, and one that hears nothing.
HEARS = """window.webkitSpeechRecognition = window.SpeechRecognition = class {
  start() {
    const heard = [[{ transcript: 'je contrôle la cote' }]];
    heard[0].isFinal = true;
    setTimeout(() => this.onresult({ resultIndex: 0, results: heard }), 50);
  }
  stop() { this.onend(); }
};"""
DEAF = "window.webkitSpeechRecognition = window.SpeechRecognition = undefined;"


def test_a_text_is_dictated_once_one_knows_where_the_voice_goes(writing: Writing) -> None:
    phone = writing.device()
    phone.add_init_script(HEARS)
    page = writing.open(phone)
    typed(page, "D’abord")
    actions = page.locator(".field").filter(has=field(page))
    actions.get_by_role("button", name="Dicter").click()
    before = page.get_by_role("group", name="Avant de dicter")
    expect(before).to_contain_text("peut envoyer votre voix à l’entreprise qui l’a fait")
    expect(field(page)).to_have_value("D’abord")
    assert faults(page) == []
    keep(page, "dictee-avant")
    before.get_by_role("button", name="D’accord, dicter").click()
    expect(field(page)).to_have_value("D’abord je contrôle la cote")
    expect(said(page)).to_contain_text("Enregistré à")
    assert writing.kept == "D’abord je contrôle la cote"
    actions.get_by_role("button", name="Arrêter").click()
    actions.get_by_role("button", name="Dicter").click()
    expect(before).to_have_count(0)
    expect(field(page)).to_have_value("D’abord je contrôle la cote je contrôle la cote")
    page.add_init_script(DEAF)
    page.goto(writing.address)
    expect(page.get_by_role("button", name="Dicter")).to_have_count(0)
