"""What a candidate sends to a certifier who works here: it arrives as it is sent, and is read when it is opened."""

from jalon.law.vocabulary import Act

#: The acts that send a file, and what each sends.
SENDS: dict[Act, str] = {
    Act.SEND_FEASIBILITY: "Dossier de faisabilité",
    Act.SEND_VALIDATION: "Dossier de validation",
}
