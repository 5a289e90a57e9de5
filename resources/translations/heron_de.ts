<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Account</name>
    <message>
        <source>The character is missing. Choose one of your account&apos;s, or paste its id.</source>
        <translation>Die Figur fehlt. Wähle eine deines Kontos oder füge ihre Kennung ein.</translation>
    </message>
    <message>
        <source>The proxy&apos;s address cannot be used. Write it as http://HOST:PORT.</source>
        <translation>Die Adresse des Proxys ist unbrauchbar. Schreibe sie als http://HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy&apos;s password would stand in the settings&apos; file for anyone to read. Leave it out here, and set http_proxy and https_proxy in the environment instead.</source>
        <translation>Das Passwort des Proxys stünde für alle lesbar in der Datei der Einstellungen. Lass es hier weg und setze stattdessen http_proxy und https_proxy in der Umgebung.</translation>
    </message>
    <message>
        <source>The server&apos;s address is missing. Write it as https://HOST.</source>
        <translation>Die Adresse des Servers fehlt. Schreibe sie als https://HOST.</translation>
    </message>
    <message>
        <source>{url} is no server address ({why}). Write it as https://HOST or http://HOST:PORT.</source>
        <translation>{url} ist keine Serveradresse ({why}). Schreibe sie als https://HOST oder http://HOST:PORT.</translation>
    </message>
    <message>
        <source>{url} is no server address. Write it as https://HOST, or http://HOST:PORT on this machine.</source>
        <translation>{url} ist keine Serveradresse. Schreibe sie als https://HOST, oder auf diesem Rechner als http://HOST:PORT.</translation>
    </message>
    <message>
        <source>{url} is plain http to another machine: anyone between could read the API key. Use https, or --allow-insecure on a network you trust.</source>
        <translation>{url} ist unverschlüsseltes http zu einem anderen Rechner: Jeder dazwischen könnte den API-Schlüssel lesen. Nimm https, oder --allow-insecure in einem Netz, dem du vertraust.</translation>
    </message>
    <message>
        <source>“{name}” needs an API key. Enter it in the settings, under Connection.</source>
        <translation>„{name}“ braucht einen API-Schlüssel. Gib ihn in den Einstellungen unter „Verbindung“ ein.</translation>
    </message>
</context>
<context>
    <name>AccountStep</name>
    <message>
        <source>Enter its API key and choose one of its characters. “Connect” tries both, and goes on once the character answers.</source>
        <translation>Gib seinen API-Schlüssel ein und wähle eine seiner Figuren. „Verbinden“ probiert beides aus und macht weiter, sobald die Figur antwortet.</translation>
    </message>
    <message>
        <source>Your Estuary account</source>
        <translation>Dein Estuary-Konto</translation>
    </message>
</context>
<context>
    <name>ActionCard</name>
    <message>
        <source>A timer runs for one second to 24 hours.</source>
        <translation>Ein Wecker läuft eine Sekunde bis 24 Stunden.</translation>
    </message>
    <message>
        <source>Cancel the timer</source>
        <translation>Wecker abbrechen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It opens links after a click, shows notifications and sets timers.</source>
        <translation>Es öffnet Links nach einem Klick, zeigt Benachrichtigungen und stellt Wecker.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open {host}</source>
        <translation>{host} öffnen</translation>
    </message>
    <message>
        <source>The link does not lead to a web page, or hides where it leads.</source>
        <translation>Der Link führt zu keiner Webseite, oder er verbirgt, wohin er führt.</translation>
    </message>
    <message>
        <source>There are too many of them already.</source>
        <translation>Es sind schon zu viele davon.</translation>
    </message>
    <message>
        <source>There was nothing to show.</source>
        <translation>Es gab nichts zu zeigen.</translation>
    </message>
    <message>
        <source>Time is up: {label}</source>
        <translation>Die Zeit ist um: {label}</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>Wecker</translation>
    </message>
    <message>
        <source>{name} says</source>
        <translation>{name} sagt</translation>
    </message>
    <message>
        <source>{name} wanted to do “{what}”. Heron does not do that.</source>
        <translation>{name} wollte „{what}“ tun. Das macht Heron nicht.</translation>
    </message>
    <message>
        <source>{name} would like to open {host}</source>
        <translation>{name} möchte {host} öffnen</translation>
    </message>
    <message>
        <source>{time} left. {name} set this timer.</source>
        <translation>Noch {time}. {name} hat diesen Wecker gestellt.</translation>
    </message>
</context>
<context>
    <name>Archive</name>
    <message numerus="yes">
        <source>%n messages were written to {path}.</source>
        <translation>
            <numerusform>%n Nachricht wurde nach {path} geschrieben.</numerusform>
            <numerusform>%n Nachrichten wurden nach {path} geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Deleted here, but not at the server: {problem}</source>
        <translation>Hier gelöscht, aber nicht beim Server: {problem}</translation>
    </message>
    <message>
        <source>Deleted here. The server keeps its part until you delete everything.</source>
        <translation>Hier gelöscht. Der Server behält seinen Teil, bis du alles löschst.</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Exporting: {percent} %.</source>
        <translation>Export: {percent} %.</translation>
    </message>
    <message>
        <source>Nothing of this conversation is kept.</source>
        <translation>Von diesem Gespräch ist nichts aufgehoben.</translation>
    </message>
    <message>
        <source>Nothing was deleted: {problem}</source>
        <translation>Nichts wurde gelöscht: {problem}</translation>
    </message>
    <message>
        <source>The server cannot be reached now.</source>
        <translation>Der Server ist gerade nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server has now forgotten what you deleted.</source>
        <translation>Der Server hat nun vergessen, was du gelöscht hast.</translation>
    </message>
    <message>
        <source>There is no history to export.</source>
        <translation>Es gibt keinen Verlauf, der sich exportieren ließe.</translation>
    </message>
    <message>
        <source>This line could not be deleted: {problem}</source>
        <translation>Diese Zeile ließ sich nicht löschen: {problem}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
</context>
<context>
    <name>AudioPage</name>
    <message>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Short sounds</source>
        <translation>Kurze Töne</translation>
    </message>
    <message>
        <source>Taking turns</source>
        <translation>Wer wann spricht</translation>
    </message>
    <message>
        <source>What the microphone hears</source>
        <translation>Was das Mikrofon hört</translation>
    </message>
</context>
<context>
    <name>Backend</name>
    <message>
        <source>No Estuary server answers at {url}. Check the address, and that it runs.</source>
        <translation>Unter {url} antwortet kein Estuary-Server. Prüfe die Adresse und ob er läuft.</translation>
    </message>
    <message>
        <source>The local character cannot be reached: {problem} Run “heron doctor” to see why.</source>
        <translation>Die Figur auf diesem Rechner ist nicht erreichbar: {problem} Starte „heron doctor“, um zu sehen, warum.</translation>
    </message>
    <message>
        <source>The local character could not be started ({why}). Run “heron doctor” to see what is missing.</source>
        <translation>Die Figur auf diesem Rechner ließ sich nicht starten ({why}). Starte „heron doctor“, um zu sehen, was fehlt.</translation>
    </message>
    <message>
        <source>The local character could not be started: {why}. Run “heron doctor” to see what is missing.</source>
        <translation>Die Figur auf diesem Rechner ließ sich nicht starten: {why}. Starte „heron doctor“, um zu sehen, was fehlt.</translation>
    </message>
    <message>
        <source>The local character did not start within {seconds:.0f} s. Close other programs and try again, or run “heron doctor”.</source>
        <translation>Die Figur auf diesem Rechner ist nicht innerhalb von {seconds:.0f} s gestartet. Schließe andere Programme und versuche es noch einmal, oder starte „heron doctor“.</translation>
    </message>
    <message>
        <source>its process ended at once</source>
        <translation>ihr Prozess endete sofort</translation>
    </message>
    <message>
        <source>{url} did not answer in time. Check the address and the network.</source>
        <translation>{url} hat nicht rechtzeitig geantwortet. Prüfe die Adresse und das Netz.</translation>
    </message>
    <message>
        <source>{url} refused: {problem} Check the API key and the character.</source>
        <translation>{url} hat abgelehnt: {problem} Prüfe den API-Schlüssel und die Figur.</translation>
    </message>
    <message>
        <source>{url} reported: {problem} Try again.</source>
        <translation>{url} meldet: {problem} Versuche es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>Something went wrong inside Heron. It goes on; the log file has the details.</source>
        <translation>In Heron ist etwas schiefgegangen. Es geht weiter; Näheres steht in der Protokolldatei.</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message>
        <source>Heron stopped listening because nobody spoke. Unmute to go on.</source>
        <translation>Heron hört nicht mehr zu, weil niemand gesprochen hat. Schalte das Mikrofon wieder ein, um weiterzumachen.</translation>
    </message>
    <message>
        <source>No speaker is open. Connect one, or choose another in the settings.</source>
        <translation>Kein Lautsprecher ist offen. Schließe einen an oder wähle in den Einstellungen einen anderen.</translation>
    </message>
    <message>
        <source>Talk to that character, then delete again.</source>
        <translation>Sprich mit dieser Figur und lösche dann noch einmal.</translation>
    </message>
    <message>
        <source>The account&apos;s allowance is used up.</source>
        <translation>Das Kontingent des Kontos ist aufgebraucht.</translation>
    </message>
    <message>
        <source>The connection was lost, and perhaps what you said last with it. Say it again.</source>
        <translation>Die Verbindung ist abgebrochen, und mit ihr vielleicht, was du zuletzt gesagt hast. Sag es noch einmal.</translation>
    </message>
    <message>
        <source>The connection was lost, and perhaps “{words}” with it. Say it again.</source>
        <translation>Die Verbindung ist abgebrochen, und mit ihr vielleicht „{words}“. Sag es noch einmal.</translation>
    </message>
    <message>
        <source>The server ended the session because nothing was said for long.</source>
        <translation>Der Server hat die Sitzung beendet, weil lange nichts gesagt wurde.</translation>
    </message>
    <message>
        <source>The server minds what was said.</source>
        <translation>Der Server stört sich an dem, was gesagt wurde.</translation>
    </message>
    <message>
        <source>Voice stopped working. Press to talk again.</source>
        <translation>Die Sprache ist ausgefallen. Drücke, um wieder zu sprechen.</translation>
    </message>
</context>
<context>
    <name>Camera</name>
    <message>
        <source>The camera gives no picture. Close other programs that use it, or choose a picture file.</source>
        <translation>Die Kamera gibt kein Bild. Schließe andere Programme, die sie benutzen, oder wähle eine Bilddatei.</translation>
    </message>
</context>
<context>
    <name>Capabilities</name>
    <message>
        <source>Kept for other servers: the built-in character asks for none.</source>
        <translation>Wird für andere Server aufgehoben: Die eingebaute Figur verlangt keine.</translation>
    </message>
    <message>
        <source>No effect here: the built-in character cannot see.</source>
        <translation>Hier ohne Wirkung: Die eingebaute Figur kann nicht sehen.</translation>
    </message>
    <message>
        <source>No effect here: the built-in character has no language model.</source>
        <translation>Hier ohne Wirkung: Die eingebaute Figur hat kein Sprachmodell.</translation>
    </message>
    <message>
        <source>No effect here: the end of speech is found without it.</source>
        <translation>Hier ohne Wirkung: Das Ende des Sprechens wird auch so erkannt.</translation>
    </message>
    <message>
        <source>No effect here: the voice knows one way to speak.</source>
        <translation>Hier ohne Wirkung: Die Stimme kennt nur eine Art zu sprechen.</translation>
    </message>
    <message>
        <source>No effect here: there is one engine, and it has one model.</source>
        <translation>Hier ohne Wirkung: Es gibt nur eine Technik, und sie hat nur ein Modell.</translation>
    </message>
    <message>
        <source>The built-in character says this when it is asked who it is; it does not talk differently for it.</source>
        <translation>Die eingebaute Figur sagt das, wenn man sie fragt, wer sie ist; sie spricht deswegen nicht anders.</translation>
    </message>
    <message>
        <source>The character writes English; a voice of another language reads it with its accent.</source>
        <translation>Die Figur schreibt Englisch; eine Stimme anderer Sprache liest es mit ihrem Akzent.</translation>
    </message>
    <message>
        <source>The recognition here understands English only.</source>
        <translation>Die Erkennung hier versteht nur Englisch.</translation>
    </message>
</context>
<context>
    <name>CharacterBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
</context>
<context>
    <name>CharacterChoice</name>
    <message>
        <source>Asking for the characters …</source>
        <translation>Frage nach den Figuren …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose one of the account&apos;s characters</source>
        <translation>Eine der Figuren des Kontos wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>This account has no character yet.</source>
        <translation>Dieses Konto hat noch keine Figur.</translation>
    </message>
</context>
<context>
    <name>CharacterDesk</name>
    <message>
        <source>Deleting…</source>
        <translation>Wird gelöscht…</translation>
    </message>
    <message>
        <source>Duplicating…</source>
        <translation>Wird verdoppelt…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Wird importiert…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Making a character…</source>
        <translation>Figur wird angelegt…</translation>
    </message>
    <message>
        <source>New character</source>
        <translation>Neue Figur</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>Bild wird gelesen…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>This server does not have the voice or the language of {name}.</source>
        <translation>Dieser Server hat die Stimme oder die Sprache von {name} nicht.</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name} (Kopie)</translation>
    </message>
    <message>
        <source>{name} was not changed. {why}</source>
        <translation>{name} wurde nicht geändert. {why}</translation>
    </message>
    <message>
        <source>{name} was written to {file}.</source>
        <translation>{name} wurde nach {file} geschrieben.</translation>
    </message>
</context>
<context>
    <name>CharacterFailure</name>
    <message>
        <source>The server cannot be reached. Check the connection and try again.</source>
        <translation>Der Server ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The server is in trouble. Try again in a moment.</source>
        <translation>Der Server hat Schwierigkeiten. Versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The server refuses the API key. Check it under Connection.</source>
        <translation>Der Server lehnt den API-Schlüssel ab. Prüfe ihn unter „Verbindung“.</translation>
    </message>
    <message>
        <source>The server refuses this (HTTP {status}).</source>
        <translation>Der Server lehnt das ab (HTTP {status}).</translation>
    </message>
    <message>
        <source>This API key may not change characters. Use a key that may.</source>
        <translation>Dieser API-Schlüssel darf keine Figuren ändern. Nimm einen, der es darf.</translation>
    </message>
    <message>
        <source>This character is no longer there. Load the list again.</source>
        <translation>Diese Figur gibt es nicht mehr. Lade die Liste neu.</translation>
    </message>
</context>
<context>
    <name>CharacterFile</name>
    <message>
        <source>there is no name</source>
        <translation>es gibt keinen Namen</translation>
    </message>
    <message>
        <source>{file} cannot be read ({why}). Choose another file.</source>
        <translation>{file} lässt sich nicht lesen ({why}). Wähle eine andere Datei.</translation>
    </message>
    <message>
        <source>{file} cannot be written ({why}). Choose another folder.</source>
        <translation>{file} lässt sich nicht schreiben ({why}). Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{file} is damaged ({why}). Export the character again.</source>
        <translation>{file} ist beschädigt ({why}). Exportiere die Figur noch einmal.</translation>
    </message>
    <message>
        <source>{file} is no character that Heron has exported. Choose another file.</source>
        <translation>{file} ist keine Figur, die Heron exportiert hat. Wähle eine andere Datei.</translation>
    </message>
    <message>
        <source>{file} was written by a later Heron. Update this one to read it.</source>
        <translation>{file} wurde von einem neueren Heron geschrieben. Aktualisiere diesen, um sie zu lesen.</translation>
    </message>
</context>
<context>
    <name>CharacterForm</name>
    <message>
        <source>&amp;Background</source>
        <translation>&amp;Hintergrund</translation>
    </message>
    <message>
        <source>&amp;Greeting</source>
        <translation>&amp;Begrüßung</translation>
    </message>
    <message>
        <source>&amp;Instructions</source>
        <translation>&amp;Anweisungen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Personality</source>
        <translation>&amp;Wesen</translation>
    </message>
    <message>
        <source>&amp;Picture address</source>
        <translation>Bilda&amp;dresse</translation>
    </message>
    <message>
        <source>&amp;Tagline</source>
        <translation>&amp;Untertitel</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>S&amp;timme</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>Bild wählen…</translation>
    </message>
    <message>
        <source>How fast it speaks; 1 is normal.</source>
        <translation>Wie schnell sie spricht; 1 ist normal.</translation>
    </message>
    <message>
        <source>How freely it picks its words: 0 is always the same, 1 is varied.</source>
        <translation>Wie frei sie ihre Worte wählt: 0 ist immer gleich, 1 ist abwechslungsreich.</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>One line about it, as in: a patient tutor.</source>
        <translation>Eine Zeile über sie, etwa: ein geduldiger Lehrer.</translation>
    </message>
    <message>
        <source>Persona</source>
        <translation>Persönlichkeit</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>Das Bild entfernen</translation>
    </message>
    <message>
        <source>Say it when a conversation begins</source>
        <translation>Zu Beginn eines Gesprächs sagen</translation>
    </message>
    <message>
        <source>Sp&amp;eed</source>
        <translation>T&amp;empo</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Te&amp;mperature</source>
        <translation>Te&amp;mperatur</translation>
    </message>
    <message>
        <source>The language you speak to it in.</source>
        <translation>Die Sprache, in der du mit ihr sprichst.</translation>
    </message>
    <message>
        <source>The usual language</source>
        <translation>Die übliche Sprache</translation>
    </message>
    <message>
        <source>The usual voice</source>
        <translation>Die übliche Stimme</translation>
    </message>
    <message>
        <source>Type a part of a name to find one.</source>
        <translation>Tippe einen Teil eines Namens, um eine zu finden.</translation>
    </message>
    <message>
        <source>What it is called, and what it calls itself.</source>
        <translation>Wie sie heißt und wie sie sich selbst nennt.</translation>
    </message>
    <message>
        <source>What it is like to talk to.</source>
        <translation>Wie es ist, mit ihr zu sprechen.</translation>
    </message>
    <message>
        <source>What it says at the first meeting after Heron was started.</source>
        <translation>Was sie bei der ersten Begegnung sagt, nachdem Heron gestartet wurde.</translation>
    </message>
    <message>
        <source>What the model is told besides: its system prompt.</source>
        <translation>Was dem Modell sonst noch gesagt wird: sein System-Prompt.</translation>
    </message>
    <message>
        <source>Where it comes from, what it knows.</source>
        <translation>Woher sie kommt, was sie weiß.</translation>
    </message>
    <message>
        <source>Where its picture is on the web: an https address.</source>
        <translation>Wo ihr Bild im Web liegt: eine https-Adresse.</translation>
    </message>
</context>
<context>
    <name>CharacterList</name>
    <message>
        <source>Characters</source>
        <translation>Figuren</translation>
    </message>
</context>
<context>
    <name>CharacterPage</name>
    <message>
        <source>Characters ({patterns})</source>
        <translation>Figuren ({patterns})</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Ein Bild wählen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete {name} for good</source>
        <translation>{name} endgültig löschen</translation>
    </message>
    <message>
        <source>Delete {name} for good? What you told it is forgotten too.</source>
        <translation>{name} endgültig löschen? Was du ihr erzählt hast, ist dann auch vergessen.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>{name} exportieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Import a character</source>
        <translation>Eine Figur importieren</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Make a character out of a file</source>
        <translation>Aus einer Datei eine Figur machen</translation>
    </message>
    <message>
        <source>Make a new character</source>
        <translation>Eine neue Figur anlegen</translation>
    </message>
    <message>
        <source>Make another character like {name}</source>
        <translation>Eine weitere Figur wie {name} anlegen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Talk to {name}</source>
        <translation>Mit {name} sprechen</translation>
    </message>
    <message>
        <source>Talking to {name}</source>
        <translation>Im Gespräch mit {name}</translation>
    </message>
    <message>
        <source>Write this character to a file</source>
        <translation>Diese Figur in eine Datei schreiben</translation>
    </message>
    <message>
        <source>this character</source>
        <translation>dieser Figur</translation>
    </message>
</context>
<context>
    <name>CharacterPicture</name>
    <message>
        <source>{file} cannot be read ({why}). Choose another picture.</source>
        <translation>{file} lässt sich nicht lesen ({why}). Wähle ein anderes Bild.</translation>
    </message>
    <message>
        <source>{file} is no picture that Heron can read. Choose a PNG or JPEG file.</source>
        <translation>{file} ist kein Bild, das Heron lesen kann. Wähle eine PNG- oder JPEG-Datei.</translation>
    </message>
</context>
<context>
    <name>CharacterSlot</name>
    <message>
        <source>Connecting …</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>Not connected. Choose where to talk first.</source>
        <translation>Nicht verbunden. Wähle zuerst, wo du sprechen willst.</translation>
    </message>
</context>
<context>
    <name>ChatDelegate</name>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Noch einmal anhören</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>Nicht mehr abspielen</translation>
    </message>
</context>
<context>
    <name>ChatModel</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>{signed}, interrupted: {heard} … Not heard: {rest}</source>
        <translation>{signed}, unterbrochen: {heard} … Nicht gehört: {rest}</translation>
    </message>
    <message>
        <source>{signed}, interrupted: {words}</source>
        <translation>{signed}, unterbrochen: {words}</translation>
    </message>
    <message>
        <source>{words} (may still change)</source>
        <translation>{words} (kann sich noch ändern)</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Copy selected messages</source>
        <translation>Ausgewählte Nachrichten kopieren</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>Copy whole conversation</source>
        <translation>Ganzes Gespräch kopieren</translation>
    </message>
    <message>
        <source>Delete message…</source>
        <translation>Nachricht löschen…</translation>
    </message>
    <message>
        <source>Delete this conversation…</source>
        <translation>Dieses Gespräch löschen …</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Export all conversations…</source>
        <translation>Alle Gespräche exportieren…</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>Open {link}</source>
        <translation>{link} öffnen</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Noch einmal anhören</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>Nicht mehr abspielen</translation>
    </message>
</context>
<context>
    <name>ConfirmBar</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all of this conversation for good?</source>
        <translation>Dieses ganze Gespräch endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete nothing (Esc)</source>
        <translation>Nichts löschen (Esc)</translation>
    </message>
    <message>
        <source>Delete “{quote}” for good?</source>
        <translation>„{quote}“ endgültig löschen?</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{question} (Enter)</source>
        <translation>{question} (Eingabe)</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Microphone and speaker need {packages}, which is not installed: run pip install &quot;heron-voice[audio]&quot;.</source>
        <translation>Mikrofon und Lautsprecher brauchen {packages}, was nicht installiert ist: Starte pip install &quot;heron-voice[audio]&quot;.</translation>
    </message>
    <message>
        <source>No connection to {server}: it answered with HTTP {status} instead of a voice session.</source>
        <translation>Keine Verbindung zu {server}: Er hat mit HTTP {status} statt mit einer Sprachsitzung geantwortet.</translation>
    </message>
    <message>
        <source>No connection to {server}: the proxy that the environment names {why}. Check {variable}, or name the server in no_proxy.</source>
        <translation>Keine Verbindung zu {server}: Der Proxy, den die Umgebung nennt, {why}. Prüfe {variable} oder nenne den Server in no_proxy.</translation>
    </message>
    <message>
        <source>No connection to {server}: the proxy that was named for it {why}. Check its address.</source>
        <translation>Keine Verbindung zu {server}: Der Proxy, der dafür angegeben ist, {why}. Prüfe seine Adresse.</translation>
    </message>
    <message>
        <source>No connection to {server}: {why}. Check the address and that the server runs.</source>
        <translation>Keine Verbindung zu {server}: {why}. Prüfe die Adresse und ob der Server läuft.</translation>
    </message>
    <message>
        <source>The certificate file {file} cannot be used: {why}. Name a PEM file.</source>
        <translation>Die Zertifikatsdatei {file} ist unbrauchbar: {why}. Gib eine PEM-Datei an.</translation>
    </message>
    <message>
        <source>The connection was lost again.</source>
        <translation>Die Verbindung ist wieder abgebrochen.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ist abgebrochen.</translation>
    </message>
    <message>
        <source>The server at {server} refused the API key (HTTP {status}). Check the key.</source>
        <translation>Der Server {server} hat den API-Schlüssel abgelehnt (HTTP {status}). Prüfe den Schlüssel.</translation>
    </message>
    <message>
        <source>The server did not start voice within {seconds:.0f} s.</source>
        <translation>Der Server hat die Sprache nicht innerhalb von {seconds:.0f} s gestartet.</translation>
    </message>
    <message>
        <source>The server did not start voice: {problem}.</source>
        <translation>Der Server hat die Sprache nicht gestartet: {problem}.</translation>
    </message>
    <message>
        <source>The server ended the session: {reason}</source>
        <translation>Der Server hat die Sitzung beendet: {reason}</translation>
    </message>
    <message>
        <source>The server rejected the session: {reason}</source>
        <translation>Der Server hat die Sitzung abgelehnt: {reason}</translation>
    </message>
    <message>
        <source>The server reported an error.</source>
        <translation>Der Server meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The server sent a session that cannot be read.</source>
        <translation>Der Server hat eine Sitzung geschickt, die sich nicht lesen lässt.</translation>
    </message>
    <message>
        <source>The server sent a {event} that cannot be read: {problem}.</source>
        <translation>Der Server hat ein {event} geschickt, das sich nicht lesen lässt: {problem}.</translation>
    </message>
    <message>
        <source>The session ended because its token could not be renewed: connect again.</source>
        <translation>Die Sitzung ist zu Ende, weil ihr Token sich nicht erneuern ließ: Verbinde dich neu.</translation>
    </message>
    <message>
        <source>Voice ended as soon as it had started.</source>
        <translation>Die Sprache endete, kaum dass sie begonnen hatte.</translation>
    </message>
    <message>
        <source>cannot be used: it is no http://HOST:PORT</source>
        <translation>ist unbrauchbar: er ist kein http://HOST:PORT</translation>
    </message>
    <message>
        <source>did not connect to it ({error})</source>
        <translation>hat keine Verbindung hergestellt ({error})</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>sie lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>it does not answer as a voice server</source>
        <translation>er antwortet nicht wie ein Sprachserver</translation>
    </message>
    <message>
        <source>it holds no certificate</source>
        <translation>sie enthält kein Zertifikat</translation>
    </message>
    <message>
        <source>it minds what was said</source>
        <translation>er stört sich an dem, was gesagt wurde</translation>
    </message>
    <message>
        <source>its certificate or TLS was not accepted ({why})</source>
        <translation>sein Zertifikat oder TLS wurde nicht angenommen ({why})</translation>
    </message>
    <message>
        <source>its name cannot be looked up</source>
        <translation>sein Name lässt sich nicht auflösen</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund genannt</translation>
    </message>
    <message>
        <source>nothing listens there</source>
        <translation>dort lauscht nichts</translation>
    </message>
    <message>
        <source>the connection failed</source>
        <translation>die Verbindung kam nicht zustande</translation>
    </message>
    <message>
        <source>{server} did not open a session within {seconds:.0f} s.</source>
        <translation>{server} hat innerhalb von {seconds:.0f} s keine Sitzung eröffnet.</translation>
    </message>
</context>
<context>
    <name>ConnectionPage</name>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>Delete “%1”, its key, and what was said there? This cannot be undone.</source>
        <translation>„%1“ löschen, samt Schlüssel und allem, was dort gesagt wurde? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Talk here</source>
        <translation>Hier sprechen</translation>
    </message>
    <message>
        <source>Where to talk</source>
        <translation>Wo du sprichst</translation>
    </message>
</context>
<context>
    <name>ConnectionTest</name>
    <message>
        <source>The character</source>
        <translation>Die Figur</translation>
    </message>
    <message>
        <source>{character} answers at {address} ({took}).</source>
        <translation>{character} antwortet unter {address} ({took}).</translation>
    </message>
    <message>
        <source>{character} answers on this computer ({took}, with its start).</source>
        <translation>{character} antwortet auf diesem Rechner ({took}, samt Start).</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
</context>
<context>
    <name>ConsentList</name>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop: {who}</source>
        <translation>Beenden: {who}</translation>
    </message>
    <message>
        <source>The character “{character}” at {place}</source>
        <translation>Die Figur „{character}“ bei {place}</translation>
    </message>
    <message>
        <source>The character “{character}” on this computer</source>
        <translation>Die Figur „{character}“ auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Esc to stop</source>
        <translation>Esc hält an</translation>
    </message>
    <message>
        <source>Space to talk</source>
        <translation>Leertaste: sprechen</translation>
    </message>
    <message>
        <source>Stop speaking</source>
        <translation>Nicht weitersprechen</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>No words were heard. Hold the key while you speak, close to the microphone.</source>
        <translation>Es war nichts zu verstehen. Halte die Taste, während du nah am Mikrofon sprichst.</translation>
    </message>
    <message>
        <source>The character cannot be reached yet. Wait for it, or type your words.</source>
        <translation>Die Figur ist noch nicht erreichbar. Warte auf sie oder schreib ihr.</translation>
    </message>
    <message>
        <source>The connection to the character was lost. Try again.</source>
        <translation>Die Verbindung zur Figur ist abgebrochen. Versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The local character is back. Please say that again.</source>
        <translation>Die Figur auf diesem Rechner ist wieder da. Sag das bitte noch einmal.</translation>
    </message>
    <message>
        <source>The local character stopped unexpectedly; starting it again.</source>
        <translation>Die Figur auf diesem Rechner ist unerwartet ausgefallen; sie wird neu gestartet.</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The system&apos;s list of what is started at login cannot be changed ({why}). Change it in the system&apos;s own settings.</source>
        <translation>Die Liste dessen, was beim Anmelden startet, lässt sich nicht ändern ({why}). Ändere sie in den Einstellungen des Systems.</translation>
    </message>
</context>
<context>
    <name>DeviceChooser</name>
    <message>
        <source>%1 (not connected)</source>
        <translation>%1 (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>If it is not there: %1</source>
        <translation>Wenn es nicht da ist: %1</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Vorgabe des Systems</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>ALSA has no configuration. Install it (Debian, Ubuntu: apt-get install libasound2-data).</source>
        <translation>ALSA ist nicht eingerichtet. Installiere das Fehlende (Debian, Ubuntu: apt-get install libasound2-data).</translation>
    </message>
    <message>
        <source>Heron listens with “{name}” meanwhile.</source>
        <translation>Heron hört solange mit „{name}“.</translation>
    </message>
    <message>
        <source>Heron listens with “{name}” now.</source>
        <translation>Heron hört jetzt mit „{name}“.</translation>
    </message>
    <message>
        <source>Heron listens with “{name}”.</source>
        <translation>Heron hört mit „{name}“.</translation>
    </message>
    <message>
        <source>Heron speaks through “{name}” meanwhile.</source>
        <translation>Heron spricht solange durch „{name}“.</translation>
    </message>
    <message>
        <source>Heron speaks through “{name}” now.</source>
        <translation>Heron spricht jetzt durch „{name}“.</translation>
    </message>
    <message>
        <source>Heron speaks through “{name}”.</source>
        <translation>Heron spricht durch „{name}“.</translation>
    </message>
    <message>
        <source>No microphone was found. Plug one in, or {choose}</source>
        <translation>Kein Mikrofon gefunden. Schließe eines an, oder {choose}</translation>
    </message>
    <message>
        <source>No speaker was found. Plug one in, or {choose}</source>
        <translation>Kein Lautsprecher gefunden. Schließe einen an, oder {choose}</translation>
    </message>
    <message>
        <source>Sound needs the PortAudio library. Install it (Debian, Ubuntu: apt-get install libportaudio2).</source>
        <translation>Der Ton braucht die Bibliothek PortAudio. Installiere sie (Debian, Ubuntu: apt-get install libportaudio2).</translation>
    </message>
    <message>
        <source>Sound needs the package sounddevice. Install it: pip install &apos;heron-voice[audio]&apos;.</source>
        <translation>Der Ton braucht das Paket sounddevice. Installiere es: pip install &apos;heron-voice[audio]&apos;.</translation>
    </message>
    <message>
        <source>The headset “{name}” now plays in the quality of a telephone, because its microphone is in use. Choose another microphone to hear it well again.</source>
        <translation>Das Headset „{name}“ klingt jetzt wie ein Telefon, weil sein Mikrofon benutzt wird. Wähle ein anderes Mikrofon, um es wieder gut zu hören.</translation>
    </message>
    <message>
        <source>The microphone was switched off while it was being opened. Switch it on again to use it.</source>
        <translation>Das Mikrofon wurde ausgeschaltet, während es geöffnet wurde. Schalte es wieder ein, um es zu benutzen.</translation>
    </message>
    <message>
        <source>The microphone “{name}”</source>
        <translation>Das Mikrofon „{name}“</translation>
    </message>
    <message>
        <source>The microphone “{name}” delivers only silence. Check that it is not muted, switch it off and on again, or {choose}</source>
        <translation>Das Mikrofon „{name}“ liefert nur Stille. Prüfe, ob es stummgeschaltet ist, schalte es aus und wieder ein, oder {choose}</translation>
    </message>
    <message>
        <source>The sound system did not start ({reason}). Check the system&apos;s sound settings.</source>
        <translation>Das Tonsystem ist nicht gestartet ({reason}). Prüfe die Toneinstellungen des Systems.</translation>
    </message>
    <message>
        <source>The sound system does not answer, so the microphone did not open. Wait a moment and try again, or restart the sound system.</source>
        <translation>Das Tonsystem antwortet nicht, darum ging das Mikrofon nicht auf. Warte einen Moment und versuche es noch einmal, oder starte das Tonsystem neu.</translation>
    </message>
    <message>
        <source>The sound system does not answer, so the speaker did not open. Wait a moment and try again, or restart the sound system.</source>
        <translation>Das Tonsystem antwortet nicht, darum ging der Lautsprecher nicht auf. Warte einen Moment und versuche es noch einmal, oder starte das Tonsystem neu.</translation>
    </message>
    <message>
        <source>The sound system has stopped, and with it the microphone “{name}”. Heron goes on as soon as it is back; restart it if it does not come back by itself.</source>
        <translation>Das Tonsystem ist ausgefallen und mit ihm das Mikrofon „{name}“. Heron macht weiter, sobald es wieder da ist; starte es neu, wenn es nicht von selbst zurückkommt.</translation>
    </message>
    <message>
        <source>The sound system has stopped, and with it the speaker “{name}”. Heron goes on as soon as it is back; restart it if it does not come back by itself.</source>
        <translation>Das Tonsystem ist ausgefallen und mit ihm der Lautsprecher „{name}“. Heron macht weiter, sobald es wieder da ist; starte es neu, wenn es nicht von selbst zurückkommt.</translation>
    </message>
    <message>
        <source>The speaker does not play. Choose another output in the system&apos;s sound settings.</source>
        <translation>Der Lautsprecher spielt nichts ab. Wähle in den Toneinstellungen des Systems einen anderen Ausgang.</translation>
    </message>
    <message>
        <source>The speaker is back.</source>
        <translation>Der Lautsprecher ist wieder da.</translation>
    </message>
    <message>
        <source>The speaker was switched off while it was being opened. Switch it on again to use it.</source>
        <translation>Der Lautsprecher wurde ausgeschaltet, während er geöffnet wurde. Schalte ihn wieder ein, um ihn zu benutzen.</translation>
    </message>
    <message>
        <source>The speaker “{name}”</source>
        <translation>Der Lautsprecher „{name}“</translation>
    </message>
    <message>
        <source>choose another input in the system&apos;s sound settings.</source>
        <translation>wähle in den Toneinstellungen des Systems einen anderen Eingang.</translation>
    </message>
    <message>
        <source>choose another output in the system&apos;s sound settings.</source>
        <translation>wähle in den Toneinstellungen des Systems einen anderen Ausgang.</translation>
    </message>
    <message>
        <source>{device} did not open ({reason}). Close other programs that use it, or {choose}</source>
        <translation>{device} ging nicht auf ({reason}). Schließe andere Programme, die darauf zugreifen, oder {choose}</translation>
    </message>
    <message>
        <source>{device} is back.</source>
        <translation>{device} ist wieder da.</translation>
    </message>
    <message>
        <source>{device} is gone.</source>
        <translation>{device} ist weg.</translation>
    </message>
    <message>
        <source>{device} is gone. Plug it in again, or {choose}</source>
        <translation>{device} ist weg. Schließe das Gerät wieder an, oder {choose}</translation>
    </message>
    <message>
        <source>{device} is there now.</source>
        <translation>{device} ist jetzt da.</translation>
    </message>
</context>
<context>
    <name>DiagnosticsWindow</name>
    <message>
        <source>%1 in 99 of 100 looks, %2 at most</source>
        <translation>%1 in 99 von 100 Messungen, höchstens %2</translation>
    </message>
    <message numerus="yes">
        <source>%n frames of the microphone</source>
        <translation>
            <numerusform>%n Abschnitt des Mikrofons</numerusform>
            <numerusform>%n Abschnitte des Mikrofons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n unterwegs</numerusform>
            <numerusform>%n unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>After you had spoken</source>
        <translation>Nachdem du gesprochen hattest</translation>
    </message>
    <message>
        <source>Arrow keys scroll</source>
        <translation>Pfeiltasten blättern</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Event loop late</source>
        <translation>Verzug der Ereignisse</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Hin und zurück</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet sich</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>local character</source>
        <translation>Figur auf diesem Rechner</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>nicht geöffnet</translation>
    </message>
    <message>
        <source>not yet known</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>verbindet sich neu</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message numerus="yes">
        <source>the speaker ran dry %n times</source>
        <translation>
            <numerusform>dem Lautsprecher fehlte %n Mal der Ton</numerusform>
            <numerusform>dem Lautsprecher fehlte %n Mal der Ton</numerusform>
        </translation>
    </message>
    <message>
        <source>voice is not open</source>
        <translation>Sprache ist nicht offen</translation>
    </message>
    <message>
        <source>{microphone}, {way}; {speaker}</source>
        <translation>{microphone}, {way}; {speaker}</translation>
    </message>
    <message>
        <source>{time} to the ear</source>
        <translation>{time} bis zum Ohr</translation>
    </message>
</context>
<context>
    <name>EraseRow</name>
    <message>
        <source>Delete all conversations of this profile, here and at its server.</source>
        <translation>Alle Gespräche dieses Profils löschen, hier und bei seinem Server.</translation>
    </message>
    <message>
        <source>Delete all conversations…</source>
        <translation>Alle Gespräche löschen…</translation>
    </message>
    <message>
        <source>Delete all that was said in this profile, here and at its server? It cannot be undone.</source>
        <translation>Alles löschen, was in diesem Profil gesagt wurde, hier und bei seinem Server? Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export all conversations</source>
        <translation>Alle Gespräche exportieren</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Skip the first steps (Esc)</source>
        <translation>Die ersten Schritte überspringen (Esc)</translation>
    </message>
    <message>
        <source>Talk key</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>Where to talk</source>
        <translation>Ort</translation>
    </message>
</context>
<context>
    <name>FirstStepsRow</name>
    <message>
        <source>Show the first steps again</source>
        <translation>Die ersten Schritte noch einmal zeigen</translation>
    </message>
    <message>
        <source>Where to talk, the microphone, the talk key: one after the other.</source>
        <translation>Wo du sprichst, das Mikrofon, die Sprechtaste: eins nach dem anderen.</translation>
    </message>
</context>
<context>
    <name>GlobalHotkeys</name>
    <message>
        <source>The hotkeys are being set up.</source>
        <translation>Die Tastenkürzel werden eingerichtet.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Ctrl+Shift+M</source>
        <translation>Strg+Umschalt+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Shrink to a strip that stays on top</source>
        <translation>Zu einem Streifen verkleinern, der oben bleibt</translation>
    </message>
    <message>
        <source>Status: {words}</source>
        <translation>Status: {words}</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>I can hear you.</source>
        <translation>Ich kann dich hören.</translation>
    </message>
    <message>
        <source>No voice was heard yet. Say a few words, or choose another microphone.</source>
        <translation>Noch keine Stimme zu hören. Sag ein paar Worte oder wähle ein anderes Mikrofon.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Another program holds the history in {file}. Close it, or try again in a moment.</source>
        <translation>Ein anderes Programm hält den Verlauf in {file} fest. Schließe es oder versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Heron goes on without it and tries again by itself.</source>
        <translation>Heron macht ohne ihn weiter und versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The disk is full, so the history in {file} is not written. Make room on the disk.</source>
        <translation>Der Datenträger ist voll, darum wird der Verlauf in {file} nicht geschrieben. Schaffe Platz.</translation>
    </message>
    <message>
        <source>The history cannot be read ({why}), so {file} was not written. Try again.</source>
        <translation>Der Verlauf lässt sich nicht lesen ({why}), darum wurde {file} nicht geschrieben. Versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The history in {file} cannot be used ({why}). Check the permissions of the file and of its folder.</source>
        <translation>Der Verlauf in {file} ist unbrauchbar ({why}). Prüfe die Rechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>The history in {file} is damaged, so a new one was begun. The old file was kept as {aside}.</source>
        <translation>Der Verlauf in {file} ist beschädigt, darum wurde ein neuer begonnen. Die alte Datei heißt jetzt {aside}.</translation>
    </message>
    <message>
        <source>The history in {file} is damaged. Close all windows of Heron, then start it again.</source>
        <translation>Der Verlauf in {file} ist beschädigt. Schließe alle Fenster von Heron und starte es neu.</translation>
    </message>
    <message>
        <source>The history in {file} was written by a newer Heron, so a new one was begun. The old file was kept as {aside}.</source>
        <translation>Der Verlauf in {file} stammt von einem neueren Heron, darum wurde ein neuer begonnen. Die alte Datei heißt jetzt {aside}.</translation>
    </message>
    <message>
        <source>The history is written again.</source>
        <translation>Der Verlauf wird wieder geschrieben.</translation>
    </message>
    <message>
        <source>The history was closed. Open the window again.</source>
        <translation>Der Verlauf wurde geschlossen. Öffne das Fenster noch einmal.</translation>
    </message>
    <message>
        <source>{file} cannot be written ({why}). Choose another folder or make room.</source>
        <translation>{file} lässt sich nicht schreiben ({why}). Wähle einen anderen Ordner oder schaffe Platz.</translation>
    </message>
    <message>
        <source>{file} could not be deleted ({why}). Delete it yourself.</source>
        <translation>{file} ließ sich nicht löschen ({why}). Lösche die Datei selbst.</translation>
    </message>
</context>
<context>
    <name>HotkeyField</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the recording: {name}</source>
        <translation>Aufnahme abbrechen: {name}</translation>
    </message>
    <message>
        <source>Change: {name}</source>
        <translation>Ändern: {name}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Choose the keys in your desktop&apos;s own dialog.</source>
        <translation>Wähle die Tasten im Dialog deiner Arbeitsumgebung.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Press keys, or Esc</source>
        <translation>Tasten drücken oder Esc</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the hotkey: {name}</source>
        <translation>Tastenkürzel entfernen: {name}</translation>
    </message>
    <message>
        <source>There are no hotkeys here.</source>
        <translation>Hier gibt es keine Tastenkürzel.</translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>Another program has {chord}. Choose another key.</source>
        <translation>Ein anderes Programm benutzt {chord}. Wähle eine andere Taste.</translation>
    </message>
    <message>
        <source>Global hotkeys are off.</source>
        <translation>Globale Tastenkürzel sind aus.</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Halten und sprechen</translation>
    </message>
    <message>
        <source>Hotkeys work in every window (Windows), but for those of programs that run as administrator; the program in front gets the keys too.</source>
        <translation>Tastenkürzel wirken in jedem Fenster (Windows), außer in denen von Programmen, die als Administrator laufen; das Programm im Vordergrund bekommt die Tasten auch.</translation>
    </message>
    <message>
        <source>Hotkeys work in every window (X11). Chords are Heron&apos;s alone; a lone modifier or a mouse button still reaches the other programs too.</source>
        <translation>Tastenkürzel wirken in jedem Fenster (X11). Kombinationen bekommt nur Heron; eine einzelne Umschalttaste oder Maustaste erreicht auch die anderen Programme.</translation>
    </message>
    <message>
        <source>Hotkeys work in every window (macOS, allowed by Input Monitoring); the program in front gets the keys too.</source>
        <translation>Tastenkürzel wirken in jedem Fenster (macOS, durch „Eingabeüberwachung“ erlaubt); das Programm im Vordergrund bekommt die Tasten auch.</translation>
    </message>
    <message>
        <source>Hotkeys work in every window, through your desktop (Wayland), and are changed in its settings. It takes chords only: no lone modifier and no mouse button.</source>
        <translation>Tastenkürzel wirken in jedem Fenster, durch deine Arbeitsumgebung (Wayland), und werden in deren Einstellungen geändert. Sie nimmt nur Kombinationen: keine einzelne Umschalttaste und keine Maustaste.</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>On this desktop the hotkeys are set in the desktop&apos;s own settings.</source>
        <translation>In dieser Arbeitsumgebung werden die Tastenkürzel in deren eigenen Einstellungen festgelegt.</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Das Fenster zeigen</translation>
    </message>
    <message>
        <source>Start and stop talking</source>
        <translation>Sprechen beginnen und beenden</translation>
    </message>
    <message>
        <source>Stop speaking</source>
        <translation>Nicht weitersprechen</translation>
    </message>
    <message>
        <source>The desktop has not given {chord} to Heron. Set a key in the desktop&apos;s settings.</source>
        <translation>Die Arbeitsumgebung hat {chord} nicht an Heron vergeben. Lege in ihren Einstellungen eine Taste fest.</translation>
    </message>
    <message>
        <source>The desktop&apos;s service for hotkeys has ended.</source>
        <translation>Der Dienst der Arbeitsumgebung für Tastenkürzel ist beendet.</translation>
    </message>
    <message>
        <source>The global hotkeys have ended by an error; the log has the details.</source>
        <translation>Die globalen Tastenkürzel sind durch einen Fehler ausgefallen; Näheres steht im Protokoll.</translation>
    </message>
    <message>
        <source>The screen has gone, and the global hotkeys with it.</source>
        <translation>Der Bildschirm ist weg, und mit ihm die globalen Tastenkürzel.</translation>
    </message>
    <message>
        <source>The screen&apos;s server does not answer, so no hotkey works elsewhere.</source>
        <translation>Der Server des Bildschirms antwortet nicht, darum wirkt anderswo kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>The system does not let Heron hear keys ({kind}), so no hotkey works elsewhere.</source>
        <translation>Das System lässt Heron keine Tasten mithören ({kind}), darum wirkt anderswo kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>The system has ended the hotkeys. Switch them on again.</source>
        <translation>Das System hat die Tastenkürzel beendet. Schalte sie wieder ein.</translation>
    </message>
    <message>
        <source>There is no hotkey for “{name}”.</source>
        <translation>Für „{name}“ gibt es kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>There is no key called “{key}”. Record it by pressing it.</source>
        <translation>Es gibt keine Taste „{key}“. Drücke die Taste, um sie aufzunehmen.</translation>
    </message>
    <message>
        <source>There is no screen here, so there are no hotkeys.</source>
        <translation>Hier gibt es keinen Bildschirm, also auch keine Tastenkürzel.</translation>
    </message>
    <message>
        <source>This desktop gives hotkeys to installed programs only, and Heron is not installed for it. Let a shortcut of your desktop run “heron toggle”.</source>
        <translation>Diese Arbeitsumgebung gibt nur installierten Programmen Tastenkürzel, und Heron ist für sie nicht installiert. Lass ein Kürzel deiner Arbeitsumgebung „heron toggle“ starten.</translation>
    </message>
    <message>
        <source>This desktop gives programs no global hotkeys. Let a shortcut of your desktop run “heron toggle”.</source>
        <translation>Diese Arbeitsumgebung gibt Programmen keine globalen Tastenkürzel. Lass ein Kürzel deiner Arbeitsumgebung „heron toggle“ starten.</translation>
    </message>
    <message>
        <source>This is a Wayland session without a session bus, so no desktop tells of hotkeys. Let a shortcut of your compositor run “heron toggle”.</source>
        <translation>Das ist eine Wayland-Sitzung ohne Session-Bus, darum meldet keine Arbeitsumgebung Tastenkürzel. Lass ein Kürzel deines Compositors „heron toggle“ starten.</translation>
    </message>
    <message>
        <source>This is a Wayland session, whose desktop tells of hotkeys.</source>
        <translation>Das ist eine Wayland-Sitzung, deren Arbeitsumgebung Tastenkürzel meldet.</translation>
    </message>
    <message>
        <source>This is an X11 session.</source>
        <translation>Das ist eine X11-Sitzung.</translation>
    </message>
    <message>
        <source>This keyboard has no key for {chord}. Choose another one.</source>
        <translation>Diese Tastatur hat keine Taste für {chord}. Wähle eine andere.</translation>
    </message>
    <message>
        <source>This screen lets no program have hotkeys. Let a shortcut of your desktop run “heron toggle”.</source>
        <translation>Dieser Bildschirm erlaubt keinem Programm Tastenkürzel. Lass ein Kürzel deiner Arbeitsumgebung „heron toggle“ starten.</translation>
    </message>
    <message>
        <source>Windows lets Heron listen to the keyboard.</source>
        <translation>Windows lässt Heron die Tastatur mithören.</translation>
    </message>
    <message>
        <source>Your desktop asks which hotkeys Heron may have. Answer it.</source>
        <translation>Deine Arbeitsumgebung fragt, welche Tastenkürzel Heron haben darf. Antworte ihr.</translation>
    </message>
    <message>
        <source>Your desktop was not allowed to give Heron hotkeys. Switch them on again to be asked.</source>
        <translation>Deine Arbeitsumgebung durfte Heron keine Tastenkürzel geben. Schalte sie wieder ein, um gefragt zu werden.</translation>
    </message>
    <message>
        <source>macOS does not let Heron hear keys while another program is in front. Allow it in System Settings, Privacy &amp; Security, Input Monitoring; then start Heron again.</source>
        <translation>macOS lässt Heron keine Tasten mithören, während ein anderes Programm im Vordergrund ist. Erlaube es in den Systemeinstellungen unter „Datenschutz &amp; Sicherheit“, „Eingabeüberwachung“; starte Heron danach neu.</translation>
    </message>
    <message>
        <source>macOS lets Heron listen to the keyboard once you have allowed it.</source>
        <translation>macOS lässt Heron die Tastatur mithören, sobald du es erlaubt hast.</translation>
    </message>
    <message>
        <source>{chord} is no hotkey on this desktop. Set a chord such as Ctrl+Alt+Space in its settings.</source>
        <translation>{chord} ist in dieser Arbeitsumgebung kein Tastenkürzel. Lege in ihren Einstellungen eine Kombination wie Strg+Alt+Leertaste fest.</translation>
    </message>
    <message>
        <source>{chord} is not known on this system. Choose another key.</source>
        <translation>{chord} kennt dieses System nicht. Wähle eine andere Taste.</translation>
    </message>
    <message>
        <source>{chord} is “{first}” already. Choose another key for “{second}”.</source>
        <translation>{chord} ist schon „{first}“. Wähle für „{second}“ eine andere Taste.</translation>
    </message>
    <message>
        <source>{chord} would be taken from every other program. Hold Ctrl, Alt or the logo key with it.</source>
        <translation>{chord} ginge jedem anderen Programm verloren. Halte Strg, Alt oder die Logo-Taste dazu.</translation>
    </message>
    <message>
        <source>{key} works alone only. Leave the other keys out.</source>
        <translation>{key} wirkt nur allein. Lass die anderen Tasten weg.</translation>
    </message>
    <message>
        <source>“{text}” is no hotkey. Write it as Ctrl+Alt+Space, Right Ctrl or Mouse 8, or press it.</source>
        <translation>„{text}“ ist kein Tastenkürzel. Schreibe es als Ctrl+Alt+Space, Right Ctrl oder Mouse 8, oder drücke es.</translation>
    </message>
</context>
<context>
    <name>HotkeysPage</name>
    <message>
        <source>Everything else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Sprechen</translation>
    </message>
</context>
<context>
    <name>KeyRing</name>
    <message>
        <source>Keys are kept in the system&apos;s keyring ({name}).</source>
        <translation>Schlüssel liegen im Schlüsselbund des Systems ({name}).</translation>
    </message>
    <message>
        <source>The key is kept in the system&apos;s keyring ({name}).</source>
        <translation>Der Schlüssel liegt im Schlüsselbund des Systems ({name}).</translation>
    </message>
    <message>
        <source>The key lives for this run of Heron only.</source>
        <translation>Der Schlüssel gilt nur, bis Heron beendet wird.</translation>
    </message>
    <message>
        <source>The keyring is switched off on this computer ({module}).</source>
        <translation>Der Schlüsselbund ist auf diesem Rechner abgeschaltet ({module}).</translation>
    </message>
    <message>
        <source>The keyring on this computer, {kind} of {module}, does not keep secrets safely, so Heron does not use it.</source>
        <translation>Der Schlüsselbund auf diesem Rechner, {kind} aus {module}, verwahrt Geheimnisse nicht sicher, darum benutzt Heron ihn nicht.</translation>
    </message>
    <message>
        <source>The keyring was not unlocked. Unlock it, then try again.</source>
        <translation>Der Schlüsselbund wurde nicht entsperrt. Entsperre ihn und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The package {name} is missing. Install it: pip install &apos;heron-voice[desktop]&apos;.</source>
        <translation>Das Paket {name} fehlt. Installiere es: pip install &apos;heron-voice[desktop]&apos;.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer as it should ({kind}). Try again.</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht, wie er soll ({kind}). Versuche es noch einmal.</translation>
    </message>
    <message>
        <source>There is no keyring on this computer, or it does not run. Start GNOME Keyring, KWallet or KeePassXC.</source>
        <translation>Auf diesem Rechner gibt es keinen Schlüsselbund, oder er läuft nicht. Starte GNOME Keyring, KWallet oder KeePassXC.</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>%1 the API key</source>
        <translation>API-Schlüssel: %1</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Asking the keyring. The system may ask you to unlock it.</source>
        <translation>Frage den Schlüsselbund. Vielleicht bittet dich das System, ihn zu entsperren.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Keeping the key. The system may ask you to unlock its keyring.</source>
        <translation>Lege den Schlüssel ab. Vielleicht bittet dich das System, seinen Schlüsselbund zu entsperren.</translation>
    </message>
    <message>
        <source>No key is kept for this profile.</source>
        <translation>Für dieses Profil ist kein Schlüssel abgelegt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the API key</source>
        <translation>Den API-Schlüssel entfernen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>The key was removed.</source>
        <translation>Der Schlüssel wurde entfernt.</translation>
    </message>
    <message>
        <source>Type or paste a key to keep or replace it</source>
        <translation>Schlüssel eintippen oder einfügen</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Microphone level</source>
        <translation>Pegel des Mikrofons</translation>
    </message>
</context>
<context>
    <name>MicrophonePanel</name>
    <message>
        <source>%1 is open. Speak, and watch the level.</source>
        <translation>%1 ist offen. Sprich und sieh auf den Pegel.</translation>
    </message>
    <message>
        <source>Opening the microphone.</source>
        <translation>Das Mikrofon wird geöffnet.</translation>
    </message>
    <message>
        <source>Playing it back.</source>
        <translation>Wird abgespielt.</translation>
    </message>
    <message>
        <source>Show the level</source>
        <translation>Pegel zeigen</translation>
    </message>
    <message>
        <source>Speak now, for %1 seconds.</source>
        <translation>Sprich jetzt, %1 Sekunden lang.</translation>
    </message>
    <message>
        <source>Test the microphone</source>
        <translation>Mikrofon testen</translation>
    </message>
</context>
<context>
    <name>MicrophoneStep</name>
    <message>
        <source>Can Heron hear you?</source>
        <translation>Kann Heron dich hören?</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Opening the microphone…</source>
        <translation>Das Mikrofon wird geöffnet…</translation>
    </message>
    <message>
        <source>Say a few words and watch the bar. Nothing of this is sent or kept.</source>
        <translation>Sag ein paar Worte und sieh auf den Balken. Nichts davon wird gesendet oder aufgehoben.</translation>
    </message>
    <message>
        <source>Say a few words.</source>
        <translation>Sag ein paar Worte.</translation>
    </message>
    <message>
        <source>{microphone} is open. Say a few words.</source>
        <translation>{microphone} ist offen. Sag ein paar Worte.</translation>
    </message>
</context>
<context>
    <name>ModeSwitch</name>
    <message>
        <source>Continuous</source>
        <translation>Durchgehend</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>Talk mode</source>
        <translation>Sprechweise</translation>
    </message>
    <message>
        <source>Your turn ends when you pause (Ctrl+T)</source>
        <translation>Du bist fertig, wenn du eine Pause machst (Strg+T)</translation>
    </message>
    <message>
        <source>Your turn lasts as long as you hold the button (Ctrl+T)</source>
        <translation>Du bist dran, solange du den Knopf hältst (Strg+T)</translation>
    </message>
</context>
<context>
    <name>MuteButton</name>
    <message>
        <source>Ctrl+M</source>
        <translation>Strg+M</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>The microphone is closed</source>
        <translation>Das Mikrofon ist geschlossen</translation>
    </message>
    <message>
        <source>The microphone is open</source>
        <translation>Das Mikrofon ist offen</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Wieder einschalten</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy a report without secrets</source>
        <translation>Einen Bericht ohne Geheimnisse kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Try to connect again</source>
        <translation>Noch einmal verbinden</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>Figur</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Hotkeys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privates</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was aufgehoben wird</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>The picture cannot be made ready. Choose another one.</source>
        <translation>Das Bild lässt sich nicht aufbereiten. Wähle ein anderes.</translation>
    </message>
</context>
<context>
    <name>PictureCard</name>
    <message>
        <source>A picture file…</source>
        <translation>Eine Bilddatei…</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Ein Bild wählen</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>Anderes wählen</translation>
    </message>
    <message>
        <source>From now on, send my screen whenever it asks</source>
        <translation>Von nun an meinen Bildschirm senden, sooft sie fragt</translation>
    </message>
    <message>
        <source>Heron&apos;s own windows stepped aside for it.</source>
        <translation>Herons eigene Fenster sind dafür beiseitegetreten.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment…</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Bildschirm {number}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>The picture that will be sent</source>
        <translation>Das Bild, das gesendet wird</translation>
    </message>
    <message>
        <source>The screen that Heron is on</source>
        <translation>Der Bildschirm, auf dem Heron ist</translation>
    </message>
    <message>
        <source>This screen</source>
        <translation>Dieser Bildschirm</translation>
    </message>
    <message>
        <source>To show what a camera sees, install {package}.</source>
        <translation>Um zu zeigen, was eine Kamera sieht, installiere {package}.</translation>
    </message>
    <message>
        <source>{name} would like to see something</source>
        <translation>{name} möchte etwas sehen</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, {size} KB. This is all that is sent.</source>
        <translation>{width} × {height} Pixel, {size} KB. Nur das wird gesendet.</translation>
    </message>
</context>
<context>
    <name>PlaceStep</name>
    <message>
        <source>Choose where your character lives. You can change it at any time in the settings.</source>
        <translation>Wähle, wo deine Figur lebt. Du kannst es jederzeit in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>No account, and nothing you say leaves it. Your character is ready at once.</source>
        <translation>Kein Konto, und nichts, was du sagst, verlässt ihn. Deine Figur ist sofort bereit.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>One of your characters in the Estuary cloud. You need its API key.</source>
        <translation>Eine deiner Figuren in der Estuary-Cloud. Du brauchst den API-Schlüssel.</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Where do you want to talk?</source>
        <translation>Wo möchtest du sprechen?</translation>
    </message>
    <message>
        <source>With an Estuary account</source>
        <translation>Mit einem Estuary-Konto</translation>
    </message>
</context>
<context>
    <name>ProfileButton</name>
    <message>
        <source>In use</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>The character that lives on this computer</source>
        <translation>Die Figur, die auf diesem Rechner lebt</translation>
    </message>
</context>
<context>
    <name>ProfileForm</name>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connecting to %1.</source>
        <translation>Verbinde mit %1.</translation>
    </message>
    <message>
        <source>Identity and network</source>
        <translation>Identität und Netz</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>The test was broken off.</source>
        <translation>Der Test wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>ProfileList</name>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>A character needs a name.</source>
        <translation>Eine Figur braucht einen Namen.</translation>
    </message>
    <message>
        <source>This must be an https address, or a PNG or JPEG picture as a data address.</source>
        <translation>Das muss eine https-Adresse sein, oder ein PNG- oder JPEG-Bild als data-Adresse.</translation>
    </message>
    <message>
        <source>This must not be empty.</source>
        <translation>Das darf nicht leer sein.</translation>
    </message>
</context>
<context>
    <name>Remote</name>
    <message>
        <source>Heron is not connected. The window says why: heron show</source>
        <translation>Heron ist nicht verbunden. Das Fenster sagt, warum: heron show</translation>
    </message>
    <message>
        <source>Heron is still connecting. Try again in a moment.</source>
        <translation>Heron verbindet sich noch. Versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>No microphone can be used. The window says why.</source>
        <translation>Kein Mikrofon ist zu gebrauchen. Das Fenster sagt, warum.</translation>
    </message>
    <message>
        <source>The microphone is always open: just speak. To hold a key, choose push to talk.</source>
        <translation>Das Mikrofon ist immer offen: Sprich einfach. Um eine Taste zu halten, wähle „Sprechtaste“.</translation>
    </message>
    <message>
        <source>The microphone is muted. Unmute it first: heron mute</source>
        <translation>Das Mikrofon ist stumm. Schalte es zuerst wieder ein: heron mute</translation>
    </message>
</context>
<context>
    <name>Replays</name>
    <message>
        <source>It can be heard again once Heron is connected.</source>
        <translation>Du kannst es wieder anhören, sobald Heron verbunden ist.</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>RequestPane</name>
    <message>
        <source>Heron</source>
        <translation>Heron</translation>
    </message>
    <message>
        <source>What the character asks for</source>
        <translation>Worum die Figur bittet</translation>
    </message>
</context>
<context>
    <name>Requests</name>
    <message>
        <source>The character does not wait for a picture any more, so nothing was sent.</source>
        <translation>Die Figur wartet nicht mehr auf ein Bild, darum wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The character no longer waits for the picture it asked for.</source>
        <translation>Die Figur wartet nicht mehr auf das Bild, um das sie gebeten hat.</translation>
    </message>
</context>
<context>
    <name>Rest</name>
    <message>
        <source>Ask for less.</source>
        <translation>Verlange weniger.</translation>
    </message>
    <message>
        <source>Ask less often.</source>
        <translation>Frage seltener.</translation>
    </message>
    <message>
        <source>Check server_url and that the server runs.</source>
        <translation>Prüfe server_url und ob der Server läuft.</translation>
    </message>
    <message>
        <source>Check server_url and the network, or try again later.</source>
        <translation>Prüfe server_url und das Netz, oder versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>Check server_url, and ca_file if the server has an authority of its own.</source>
        <translation>Prüfe server_url, und ca_file, falls der Server eine eigene Zertifizierungsstelle hat.</translation>
    </message>
    <message>
        <source>Check server_url.</source>
        <translation>Prüfe server_url.</translation>
    </message>
    <message>
        <source>Check the API key, or where the token comes from.</source>
        <translation>Prüfe den API-Schlüssel, oder woher das Token kommt.</translation>
    </message>
    <message>
        <source>Check the address of the proxy.</source>
        <translation>Prüfe die Adresse des Proxys.</translation>
    </message>
    <message>
        <source>Check the ids; what they name may have been deleted.</source>
        <translation>Prüfe die Kennungen; was sie nennen, ist vielleicht gelöscht.</translation>
    </message>
    <message>
        <source>Check the proxy of the environment, or name the server in no_proxy.</source>
        <translation>Prüfe den Proxy der Umgebung oder nenne den Server in no_proxy.</translation>
    </message>
    <message>
        <source>Check what the call was given.</source>
        <translation>Prüfe, was dem Aufruf mitgegeben wurde.</translation>
    </message>
    <message>
        <source>Give the key that scope, or use another key.</source>
        <translation>Gib dem Schlüssel dieses Recht oder nimm einen anderen.</translation>
    </message>
    <message>
        <source>No key is sent to another address: put the right one into server_url.</source>
        <translation>An eine andere Adresse wird kein Schlüssel geschickt: Trage die richtige in server_url ein.</translation>
    </message>
    <message>
        <source>Send less.</source>
        <translation>Sende weniger.</translation>
    </message>
    <message>
        <source>The proxy that the environment names for {scheme} cannot be used: set {scheme}_proxy to http://HOST:PORT, or name {host} in no_proxy.</source>
        <translation>Der Proxy, den die Umgebung für {scheme} nennt, ist unbrauchbar: Setze {scheme}_proxy auf http://HOST:PORT oder nenne {host} in no_proxy.</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password: put them into http_proxy, or name the host in no_proxy.</source>
        <translation>Der Proxy verlangt Namen und Passwort: Trage sie in http_proxy ein oder nenne den Host in no_proxy.</translation>
    </message>
    <message>
        <source>The server is in trouble: try again later.</source>
        <translation>Der Server hat Schwierigkeiten: Versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>Use a key that may do this.</source>
        <translation>Nimm einen Schlüssel, der das darf.</translation>
    </message>
    <message>
        <source>another path</source>
        <translation>ein anderer Pfad</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>kein Grund genannt</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgendwo</translation>
    </message>
    <message>
        <source>of an unknown kind</source>
        <translation>unbekannter Art</translation>
    </message>
    <message>
        <source>the answer does not have the shape it should have: {field}: {problem}</source>
        <translation>die Antwort hat nicht die Form, die sie haben sollte: {field}: {problem}</translation>
    </message>
    <message>
        <source>the answer has more than {size} MiB</source>
        <translation>die Antwort hat mehr als {size} MiB</translation>
    </message>
    <message>
        <source>the answer is empty</source>
        <translation>die Antwort ist leer</translation>
    </message>
    <message>
        <source>the answer is no JSON that can be read ({kind})</source>
        <translation>die Antwort ist kein lesbares JSON ({kind})</translation>
    </message>
    <message>
        <source>the certificate or TLS of the server was not accepted ({problem})</source>
        <translation>Zertifikat oder TLS des Servers wurde nicht angenommen ({problem})</translation>
    </message>
    <message>
        <source>the client was closed meanwhile</source>
        <translation>die Verbindung wurde inzwischen geschlossen</translation>
    </message>
    <message>
        <source>the connection was lost before the answer was there</source>
        <translation>die Verbindung brach ab, bevor die Antwort da war</translation>
    </message>
    <message>
        <source>the key lacks the scope {scope} (HTTP {status})</source>
        <translation>dem Schlüssel fehlt das Recht {scope} (HTTP {status})</translation>
    </message>
    <message>
        <source>the name of the server is not known</source>
        <translation>der Name des Servers ist unbekannt</translation>
    </message>
    <message>
        <source>the proxy cannot be reached</source>
        <translation>der Proxy ist nicht erreichbar</translation>
    </message>
    <message>
        <source>the proxy refused to pass it on (HTTP {status})</source>
        <translation>der Proxy wollte es nicht weiterreichen (HTTP {status})</translation>
    </message>
    <message>
        <source>the server sends us on to {place} (HTTP {status})</source>
        <translation>der Server verweist auf: {place} (HTTP {status})</translation>
    </message>
    <message>
        <source>there was no answer within {seconds:g} s</source>
        <translation>innerhalb von {seconds:g} s kam keine Antwort</translation>
    </message>
    <message>
        <source>what answers there does not speak HTTP as it should</source>
        <translation>was dort antwortet, spricht kein ordentliches HTTP</translation>
    </message>
    <message>
        <source>{call} failed: {why}</source>
        <translation>{call} ist fehlgeschlagen: {why}</translation>
    </message>
</context>
<context>
    <name>Screenshot</name>
    <message>
        <source>The desktop did not answer. Choose a picture file instead.</source>
        <translation>Die Arbeitsumgebung hat nicht geantwortet. Wähle stattdessen eine Bilddatei.</translation>
    </message>
    <message>
        <source>The desktop was not allowed to show the screen. Nothing was sent.</source>
        <translation>Die Arbeitsumgebung durfte den Bildschirm nicht zeigen. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>This desktop gives no picture of the screen. Choose a picture file instead.</source>
        <translation>Diese Arbeitsumgebung gibt kein Bild vom Bildschirm her. Wähle stattdessen eine Bilddatei.</translation>
    </message>
    <message>
        <source>This system gives no picture of the screen. Choose a picture file instead.</source>
        <translation>Dieses System gibt kein Bild vom Bildschirm her. Wähle stattdessen eine Bilddatei.</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Enter goes to the next older place, Shift+Enter to the next newer</source>
        <translation>Eingabe führt zur nächsten älteren Stelle, Umschalt+Eingabe zur nächsten neueren</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Next newer place</source>
        <translation>Nächste neuere Stelle</translation>
    </message>
    <message>
        <source>Next older place</source>
        <translation>Nächste ältere Stelle</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Search the conversation</source>
        <translation>Gespräch durchsuchen</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Umschalt+Eingabe</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} von {count}</translation>
    </message>
</context>
<context>
    <name>SentNote</name>
    <message>
        <source>Stop doing this</source>
        <translation>Damit aufhören</translation>
    </message>
    <message>
        <source>The picture that was sent</source>
        <translation>Das Bild, das gesendet wurde</translation>
    </message>
    <message>
        <source>Your screen was sent to {name}</source>
        <translation>Dein Bildschirm wurde an {name} gesendet</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>16 kHz</source>
        <translation>16 kHz</translation>
    </message>
    <message>
        <source>24 kHz</source>
        <translation>24 kHz</translation>
    </message>
    <message>
        <source>48 kHz</source>
        <translation>48 kHz</translation>
    </message>
    <message>
        <source>A PEM file with the server&apos;s certificate authority, if the system does not know it.</source>
        <translation>Eine PEM-Datei mit der Zertifizierungsstelle des Servers, falls das System sie nicht kennt.</translation>
    </message>
    <message>
        <source>A turn that is begun from outside the window, by a hotkey or by “heron press”, is sent after this time at the latest, so that the microphone is never left open.</source>
        <translation>Was außerhalb des Fensters begonnen wird, mit einem Tastenkürzel oder „heron press“, wird spätestens nach dieser Zeit gesendet, damit das Mikrofon nie offen bleibt.</translation>
    </message>
    <message>
        <source>Allow plain http</source>
        <translation>Unverschlüsseltes http erlauben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As whom the character remembers you. Left empty, it is this installation&apos;s own id.</source>
        <translation>Als wen die Figur sich an dich erinnert. Leer ist es die Kennung dieser Installation.</translation>
    </message>
    <message>
        <source>Brings Heron before all other windows.</source>
        <translation>Holt Heron vor alle anderen Fenster.</translation>
    </message>
    <message>
        <source>Cancel echo</source>
        <translation>Echo unterdrücken</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>Figur</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Luftig</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Continuous</source>
        <translation>Durchgehend</translation>
    </message>
    <message>
        <source>Cut rumble</source>
        <translation>Rumpeln entfernen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Ends the character&apos;s reply at once.</source>
        <translation>Beendet die Antwort der Figur sofort.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Estuary cloud</source>
        <translation>Estuary-Cloud</translation>
    </message>
    <message>
        <source>Even out loudness</source>
        <translation>Lautstärke ausgleichen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Halten und sprechen</translation>
    </message>
    <message>
        <source>How large the text is, compared with the system&apos;s own.</source>
        <translation>Wie groß die Schrift ist, verglichen mit der des Systems.</translation>
    </message>
    <message>
        <source>How long what is said still counts after the key or button was let go.</source>
        <translation>Wie lange noch zählt, was gesagt wird, nachdem die Taste losgelassen wurde.</translation>
    </message>
    <message>
        <source>How loud the character speaks; all the way up is the system&apos;s own volume.</source>
        <translation>Wie laut die Figur spricht; ganz oben ist die Lautstärke des Systems.</translation>
    </message>
    <message>
        <source>How much Heron writes into its log files. What is said and your keys are never in them.</source>
        <translation>Wie viel Heron in seine Protokolle schreibt. Was gesagt wird und deine Schlüssel stehen nie darin.</translation>
    </message>
    <message>
        <source>How much space there is around things; compact shows more of the conversation at once.</source>
        <translation>Wie viel Platz um alles herum ist; kompakt zeigt mehr vom Gespräch auf einmal.</translation>
    </message>
    <message>
        <source>Keep the conversations</source>
        <translation>Gespräche aufheben</translation>
    </message>
    <message>
        <source>Keep the microphone open for 30 seconds after a turn, so that the first word of the next one is not lost. Switched off, it is open only while Heron listens.</source>
        <translation>Das Mikrofon noch 30 Sekunden offen lassen, damit das erste Wort beim nächsten Mal nicht verloren geht. Ausgeschaltet ist es nur offen, während Heron zuhört.</translation>
    </message>
    <message>
        <source>Keep the microphone ready</source>
        <translation>Mikrofon bereithalten</translation>
    </message>
    <message>
        <source>Keep what is said on this computer, so that it can be read and searched later. Switched off, nothing more is kept; what was kept before stays until you delete it.</source>
        <translation>Aufheben, was gesagt wird, auf diesem Rechner, zum späteren Lesen und Suchen. Ausgeschaltet wird nichts mehr aufgehoben; was schon da ist, bleibt, bis du es löschst.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light or dark, or as the system says.</source>
        <translation>Hell oder dunkel, oder wie das System es will.</translation>
    </message>
    <message>
        <source>Listen on after release</source>
        <translation>Nach dem Loslassen weiterhören</translation>
    </message>
    <message>
        <source>Listening begins</source>
        <translation>Zuhören beginnt</translation>
    </message>
    <message>
        <source>Listening ends</source>
        <translation>Zuhören endet</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Longest hold</source>
        <translation>Längstes Halten</translation>
    </message>
    <message>
        <source>Lower steady noise, such as that of a fan, in what the microphone hears.</source>
        <translation>Gleichmäßiges Rauschen wie das eines Lüfters leiser machen.</translation>
    </message>
    <message>
        <source>Make a quiet voice louder and a loud one quieter before it is sent.</source>
        <translation>Eine leise Stimme lauter und eine laute leiser machen, bevor sie gesendet wird.</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Of the sound that goes to the character and comes from it. A higher one is clearer and takes more of the network; a change connects anew.</source>
        <translation>Des Tons, der zur Figur geht und von ihr kommt. Eine höhere ist klarer und braucht mehr vom Netz; eine Änderung verbindet neu.</translation>
    </message>
    <message>
        <source>One press begins your turn, the next one sends it.</source>
        <translation>Ein Druck, und du bist dran, der nächste sendet.</translation>
    </message>
    <message>
        <source>One press mutes the microphone, the next one opens it again.</source>
        <translation>Ein Druck schaltet das Mikrofon stumm, der nächste öffnet es wieder.</translation>
    </message>
    <message>
        <source>Own server</source>
        <translation>Eigener Server</translation>
    </message>
    <message>
        <source>Pictures of the screen</source>
        <translation>Bilder vom Bildschirm</translation>
    </message>
    <message>
        <source>Play a bright note twice when a timer rings that the character has set here.</source>
        <translation>Zweimal ein heller Ton, wenn ein Wecker klingelt, den die Figur hier gestellt hat.</translation>
    </message>
    <message>
        <source>Play a dull tick when the microphone is muted or no longer muted.</source>
        <translation>Ein dumpfes Ticken, wenn das Mikrofon stumm oder nicht mehr stumm ist.</translation>
    </message>
    <message>
        <source>Play a low note twice when something went wrong.</source>
        <translation>Zweimal ein tiefer Ton, wenn etwas schiefging.</translation>
    </message>
    <message>
        <source>Play two falling notes when Heron no longer listens.</source>
        <translation>Zwei fallende Töne, wenn Heron nicht mehr zuhört.</translation>
    </message>
    <message>
        <source>Play two rising notes when Heron begins to listen; while a key is held, only if the microphone was slow to open.</source>
        <translation>Zwei steigende Töne, wenn Heron zuzuhören beginnt; bei gehaltener Taste nur, wenn das Mikrofon langsam war.</translation>
    </message>
    <message>
        <source>Player id</source>
        <translation>Spielerkennung</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Sprechtaste</translation>
    </message>
    <message>
        <source>Push to talk: your turn lasts as long as you hold the key or button. Continuous: the microphone stays open, and your turn ends when you pause.</source>
        <translation>Sprechtaste: Du bist dran, solange du die Taste hältst. Durchgehend: Das Mikrofon bleibt offen, und du bist fertig, wenn du eine Pause machst.</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>Send nothing to the server while nobody speaks.</source>
        <translation>Nichts an den Server senden, solange niemand spricht.</translation>
    </message>
    <message>
        <source>Send only speech</source>
        <translation>Nur Sprache senden</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Das Fenster zeigen</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ging schief</translation>
    </message>
    <message>
        <source>Spare Bluetooth headsets&apos; microphones</source>
        <translation>Mikrofone von Bluetooth-Headsets schonen</translation>
    </message>
    <message>
        <source>Speak over the character</source>
        <translation>Dazwischensprechen</translation>
    </message>
    <message>
        <source>Speak while the character speaks to stop it.</source>
        <translation>Sprich, während die Figur spricht, und sie hört auf.</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Start Heron out of sight whenever you log in, so that it can be talked to at once. Starting it again shows the window.</source>
        <translation>Heron beim Anmelden unsichtbar starten, damit du sofort sprechen kannst. Ein weiterer Start zeigt das Fenster.</translation>
    </message>
    <message>
        <source>Start and stop talking</source>
        <translation>Sprechen beginnen und beenden</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Stop speaking</source>
        <translation>Nicht weitersprechen</translation>
    </message>
    <message>
        <source>Suppress noise</source>
        <translation>Rauschen dämpfen</translation>
    </message>
    <message>
        <source>Take an address that begins with http: to another machine, although anyone between can read the API key.</source>
        <translation>Auch eine Adresse nehmen, die mit http: zu einem anderen Rechner führt, obwohl jeder dazwischen den API-Schlüssel lesen kann.</translation>
    </message>
    <message>
        <source>Take hum and thuds on the desk out of what the microphone hears.</source>
        <translation>Brummen und Stöße gegen den Tisch herausnehmen.</translation>
    </message>
    <message>
        <source>Take what the loudspeaker plays out of what the microphone hears, so that the character does not answer itself.</source>
        <translation>Aus dem, was das Mikrofon hört, herausnehmen, was der Lautsprecher spielt, damit die Figur sich nicht selbst antwortet.</translation>
    </message>
    <message>
        <source>Talk mode</source>
        <translation>Sprechweise</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The HTTP proxy on the way to the server, as http://HOST:PORT. Left empty, it is the one that the system or the environment names.</source>
        <translation>Der HTTP-Proxy auf dem Weg zum Server, als http://HOST:PORT. Leer ist es der, den das System oder die Umgebung nennt.</translation>
    </message>
    <message>
        <source>The character on this computer, the Estuary cloud, or a server of your own.</source>
        <translation>Die Figur auf diesem Rechner, die Estuary-Cloud oder ein eigener Server.</translation>
    </message>
    <message>
        <source>The characters that get a picture of your screen whenever they ask, without a question. One is added when you say so on the picture&apos;s preview.</source>
        <translation>Die Figuren, die ein Bild deines Bildschirms bekommen, sobald sie darum bitten, ohne Rückfrage. Eine kommt dazu, wenn du es in der Vorschau des Bildes sagst.</translation>
    </message>
    <message>
        <source>The id of the character you talk to.</source>
        <translation>Die Kennung der Figur, mit der du sprichst.</translation>
    </message>
    <message>
        <source>The microphones to use, in order of preference: the first that is there is taken. With none named, Heron follows the system&apos;s default.</source>
        <translation>Welche Mikrofone benutzt werden, das liebste zuerst: Genommen wird das erste, das da ist. Ist keines genannt, folgt Heron der Vorgabe des Systems.</translation>
    </message>
    <message>
        <source>The server&apos;s address, such as https://voice.example.org.</source>
        <translation>Die Adresse des Servers, etwa https://voice.example.org.</translation>
    </message>
    <message>
        <source>The speakers to use, in order of preference: the first that is there is taken. With none named, Heron follows the system&apos;s default.</source>
        <translation>Welche Lautsprecher benutzt werden, der liebste zuerst: Genommen wird der erste, der da ist. Ist keiner genannt, folgt Heron der Vorgabe des Systems.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>Die Zeit ist um</translation>
    </message>
    <message>
        <source>Use another microphone than a Bluetooth headset&apos;s where there is one, so that what the headset plays keeps its good sound.</source>
        <translation>Ein anderes Mikrofon als das eines Bluetooth-Headsets nehmen, wo es eines gibt, damit das Headset gut klingt.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>What Heron itself is written in. What your character speaks is up to the character.</source>
        <translation>Worin Heron selbst geschrieben ist. Was deine Figur spricht, ist ihre Sache.</translation>
    </message>
    <message>
        <source>What you call this place to talk.</source>
        <translation>Wie du diesen Ort zum Sprechen nennst.</translation>
    </message>
    <message>
        <source>Whether pictures move. Reduced, the sound is a calm bar, and nothing turns or glides.</source>
        <translation>Ob sich Bilder bewegen. Reduziert ist der Ton ein ruhiger Balken, und nichts dreht sich oder gleitet.</translation>
    </message>
    <message>
        <source>Your turn lasts as long as you hold this key, in whatever window.</source>
        <translation>Du bist dran, solange du diese Taste hältst, in welchem Fenster auch immer.</translation>
    </message>
    <message>
        <source>as its kind</source>
        <translation>wie seine Art</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none: you are asked each time</source>
        <translation>keine: du wirst jedes Mal gefragt</translation>
    </message>
    <message>
        <source>the Estuary cloud</source>
        <translation>die Estuary-Cloud</translation>
    </message>
    <message>
        <source>the default one</source>
        <translation>die übliche</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>der des Systems</translation>
    </message>
    <message>
        <source>the system&apos;s authorities</source>
        <translation>die Stellen des Systems</translation>
    </message>
    <message>
        <source>the system&apos;s default</source>
        <translation>die Vorgabe des Systems</translation>
    </message>
    <message>
        <source>this installation&apos;s</source>
        <translation>die eigene</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to default: %1</source>
        <translation>Auf die Vorgabe zurücksetzen: %1</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Move the file away, which Heron could not do ({why}).</source>
        <translation>Schaffe die Datei beiseite, was Heron nicht konnte ({why}).</translation>
    </message>
    <message>
        <source>The file was kept as {aside}.</source>
        <translation>Die Datei heißt jetzt {aside}.</translation>
    </message>
    <message>
        <source>The local profile or the current one is missing.</source>
        <translation>Das lokale Profil oder das benutzte fehlt.</translation>
    </message>
    <message>
        <source>The profile of this computer cannot be of another kind.</source>
        <translation>Das Profil dieses Rechners kann nicht von anderer Art sein.</translation>
    </message>
    <message>
        <source>The profile of this computer stays: something must be there to talk with.</source>
        <translation>Das Profil dieses Rechners bleibt: Etwas muss da sein, mit dem man sprechen kann.</translation>
    </message>
    <message>
        <source>The profile “{id}” is none.</source>
        <translation>Das Profil „{id}“ ist keines.</translation>
    </message>
    <message>
        <source>The profile “{id}” is not there; the character on this computer is used instead.</source>
        <translation>Das Profil „{id}“ gibt es nicht; stattdessen wird die Figur auf diesem Rechner benutzt.</translation>
    </message>
    <message>
        <source>The settings in {file} are damaged, so the defaults are used.</source>
        <translation>Die Einstellungen in {file} sind beschädigt, darum gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read ({why}), so the defaults are used. Check the file&apos;s permissions.</source>
        <translation>Die Einstellungen in {file} lassen sich nicht lesen ({why}), darum gelten die Vorgaben. Prüfe die Rechte der Datei.</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer Heron, so the defaults are used.</source>
        <translation>Die Einstellungen in {file} stammen von einem neueren Heron, darum gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>There is no profile “{id}”. Choose one of those there are.</source>
        <translation>Es gibt kein Profil „{id}“. Wähle eines von denen, die es gibt.</translation>
    </message>
    <message>
        <source>Two profiles have the same id.</source>
        <translation>Zwei Profile haben dieselbe Kennung.</translation>
    </message>
    <message>
        <source>a line of at most {count} characters</source>
        <translation>eine Zeile von höchstens {count} Zeichen</translation>
    </message>
    <message>
        <source>a number from {least:g} to {most:g} {unit}</source>
        <translation>eine Zahl von {least:g} bis {most:g} {unit}</translation>
    </message>
    <message>
        <source>a whole number from {least:g} to {most:g} {unit}</source>
        <translation>eine ganze Zahl von {least:g} bis {most:g} {unit}</translation>
    </message>
    <message>
        <source>names, separated by commas</source>
        <translation>Namen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>ein oder aus</translation>
    </message>
    <message>
        <source>{file} cannot be written ({why}), so what you chose is forgotten when Heron ends. Make room or check the folder&apos;s permissions, then choose it again.</source>
        <translation>{file} lässt sich nicht schreiben ({why}), darum ist vergessen, was du gewählt hast, sobald Heron endet. Schaffe Platz oder prüfe die Rechte des Ordners und wähle dann noch einmal.</translation>
    </message>
    <message>
        <source>{others} or {last}</source>
        <translation>{others} oder {last}</translation>
    </message>
    <message>
        <source>{problem} The profile “{id}” is left out until the file is mended.</source>
        <translation>{problem} Das Profil „{id}“ bleibt weg, bis die Datei in Ordnung ist.</translation>
    </message>
    <message>
        <source>{problem} {file} says so; the default counts instead: {default}.</source>
        <translation>{problem} So steht es in {file}; stattdessen gilt die Vorgabe: {default}.</translation>
    </message>
    <message>
        <source>{setting} takes {kind}, not {value}.</source>
        <translation>{setting} nimmt {kind}, nicht {value}.</translation>
    </message>
    <message>
        <source>“{id}” is no id of a profile: it takes a-z, 0-9 and -, at most 40 of them.</source>
        <translation>„{id}“ ist keine Kennung eines Profils: Sie besteht aus a-z, 0-9 und -, höchstens 40 davon.</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Please wait</source>
        <translation>Bitte warten</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde…</translation>
    </message>
    <message>
        <source>Hearing you</source>
        <translation>Ich höre dich</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört zu</translation>
    </message>
    <message>
        <source>Microphone muted</source>
        <translation>Mikrofon stumm</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Ready, microphone open</source>
        <translation>Bereit, Mikrofon offen</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Verbinde neu…</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Spricht</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Waking up…</source>
        <translation>Wacht auf…</translation>
    </message>
</context>
<context>
    <name>StepDots</name>
    <message>
        <source>Step {number} of {count}: {name}</source>
        <translation>Schritt {number} von {count}: {name}</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Ctrl+Shift+M</source>
        <translation>Strg+Umschalt+M</translation>
    </message>
    <message>
        <source>Heron</source>
        <translation>Heron</translation>
    </message>
    <message>
        <source>Show the whole window</source>
        <translation>Das ganze Fenster zeigen</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Click to send</source>
        <translation>Klick sendet</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde…</translation>
    </message>
    <message>
        <source>Hold Space anywhere in the window, or this button. One click begins, the next one sends.</source>
        <translation>Halte die Leertaste irgendwo im Fenster oder diesen Knopf. Ein Klick beginnt, der nächste sendet.</translation>
    </message>
    <message>
        <source>Hold to talk</source>
        <translation>Halten und sprechen</translation>
    </message>
    <message>
        <source>Hold to talk (Space)</source>
        <translation>Halten und sprechen (Leertaste)</translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation>Sprich einfach</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Release to send</source>
        <translation>Loslassen sendet</translation>
    </message>
</context>
<context>
    <name>TalkStep</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Hold Space and say hello</source>
        <translation>Halte die Leertaste und sag Hallo</translation>
    </message>
    <message>
        <source>It works</source>
        <translation>Es klappt</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Es klappt.</translation>
    </message>
    <message>
        <source>Just speak. Your turn ends when you pause.</source>
        <translation>Sprich einfach. Du bist fertig, wenn du eine Pause machst.</translation>
    </message>
    <message>
        <source>Keep it down while you speak, and let go when you are done.</source>
        <translation>Halte sie, während du sprichst, und lass los, wenn du fertig bist.</translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation>Sag Hallo</translation>
    </message>
    <message>
        <source>Speak now, and let go when you are done.</source>
        <translation>Sprich jetzt und lass los, wenn du fertig bist.</translation>
    </message>
    <message>
        <source>The microphone is muted. Press Ctrl+M to unmute it.</source>
        <translation>Das Mikrofon ist stumm. Drücke Strg+M, um es wieder einzuschalten.</translation>
    </message>
    <message>
        <source>There is no microphone to be used, so write to {name}; it answers all the same.</source>
        <translation>Es gibt kein Mikrofon, das man benutzen könnte, also schreib an {name}; geantwortet wird trotzdem.</translation>
    </message>
    <message>
        <source>Type hello</source>
        <translation>Schreib Hallo</translation>
    </message>
    <message>
        <source>{name} has heard you and answers. Talk like this whenever you like.</source>
        <translation>{name} hat dich gehört und antwortet. So kannst du jederzeit sprechen.</translation>
    </message>
    <message>
        <source>{name} is not connected. Try again above, or go back.</source>
        <translation>{name} ist nicht verbunden. Versuche es oben noch einmal oder geh zurück.</translation>
    </message>
    <message>
        <source>{name} is waking up. One moment.</source>
        <translation>{name} wacht auf. Einen Moment.</translation>
    </message>
</context>
<context>
    <name>TextBox</name>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Type a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Type a message, Enter sends it (Ctrl+L)</source>
        <translation>Nachricht schreiben, Eingabe sendet sie (Strg+L)</translation>
    </message>
    <message>
        <source>Type now, sent once connected</source>
        <translation>Jetzt schreiben, später gesendet</translation>
    </message>
</context>
<context>
    <name>Trial</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>TurnChart</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Interruption</source>
        <translation>Unterbrechung</translation>
    </message>
    <message>
        <source>Latest turns</source>
        <translation>Letzte Gesprächsschritte</translation>
    </message>
    <message>
        <source>No turn was spoken yet.</source>
        <translation>Noch wurde nichts gesprochen.</translation>
    </message>
    <message>
        <source>Say something: each spoken turn appears here.</source>
        <translation>Sag etwas: Alles Gesprochene erscheint hier.</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>Mitschrift</translation>
    </message>
    <message>
        <source>first audio</source>
        <translation>erster Ton</translation>
    </message>
    <message>
        <source>first text</source>
        <translation>erster Text</translation>
    </message>
    <message>
        <source>nothing followed</source>
        <translation>nichts folgte</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>softer</source>
        <translation>leiser</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Nothing arrives from the microphone. Unplug it and plug it in again, or choose another input in the system&apos;s sound settings.</source>
        <translation>Vom Mikrofon kommt nichts an. Zieh es ab und schließe es wieder an, oder wähle in den Toneinstellungen des Systems einen anderen Eingang.</translation>
    </message>
    <message>
        <source>Only silence arrives. The microphone may be muted, at itself or in the system&apos;s sound settings, or the system does not let Heron use it.</source>
        <translation>Es kommt nur Stille an. Vielleicht ist das Mikrofon stummgeschaltet, an ihm selbst oder in den Toneinstellungen, oder das System lässt Heron nicht darauf zugreifen.</translation>
    </message>
    <message>
        <source>That is good.</source>
        <translation>So ist es gut.</translation>
    </message>
    <message>
        <source>That is too loud and distorted. Turn the input down in the system&apos;s sound settings.</source>
        <translation>Das ist zu laut und verzerrt. Regle den Eingang in den Toneinstellungen des Systems herunter.</translation>
    </message>
    <message>
        <source>That is too quiet. Speak nearer to it, or turn the input up in the system&apos;s sound settings.</source>
        <translation>Das ist zu leise. Sprich näher am Mikrofon oder regle den Eingang in den Toneinstellungen des Systems hoch.</translation>
    </message>
</context>
<context>
    <name>VolumeButton</name>
    <message>
        <source>Ctrl+Up, Ctrl+Down</source>
        <translation>Strg+Auf, Strg+Ab</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
</context>
<context>
    <name>Waveform</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Ask this (Enter)</source>
        <translation>Das fragen (Eingabe)</translation>
    </message>
    <message>
        <source>Connecting… You can type already.</source>
        <translation>Verbinde… Du kannst schon schreiben.</translation>
    </message>
    <message>
        <source>Hold Space or the button and speak.</source>
        <translation>Halte die Leertaste oder den Knopf und sprich.</translation>
    </message>
    <message>
        <source>How many miles are ten kilometers?</source>
        <translation>How many miles are ten kilometers?</translation>
    </message>
    <message>
        <source>Just speak, or type below.</source>
        <translation>Sprich einfach, oder schreibe unten.</translation>
    </message>
    <message>
        <source>No microphone was found. You can type instead.</source>
        <translation>Kein Mikrofon gefunden. Du kannst stattdessen schreiben.</translation>
    </message>
    <message>
        <source>Not connected. What you type is sent later.</source>
        <translation>Nicht verbunden. Gesendet wird später.</translation>
    </message>
    <message>
        <source>Say hello to {name}</source>
        <translation>Sag Hallo zu {name}</translation>
    </message>
    <message>
        <source>Set a timer for ten minutes</source>
        <translation>Set a timer for ten minutes</translation>
    </message>
    <message>
        <source>Waking up… You can type already.</source>
        <translation>Wacht auf… Du kannst schon schreiben.</translation>
    </message>
    <message>
        <source>What time is it?</source>
        <translation>What time is it?</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Heron</source>
        <translation>Heron</translation>
    </message>
    <message>
        <source>Heron is not connected. Try again.</source>
        <translation>Heron ist nicht verbunden. Versuche es noch einmal.</translation>
    </message>
    <message>
        <source>No program opened {link}. Copy it.</source>
        <translation>Kein Programm hat {link} geöffnet. Kopiere den Link.</translation>
    </message>
</context>
<context>
    <name>_Painter</name>
    <message>
        <source>No name</source>
        <translation>Ohne Namen</translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message>
        <source>you talk to this character</source>
        <translation>mit dieser Figur sprichst du</translation>
    </message>
</context>
<context>
    <name>_Way</name>
    <message>
        <source>There are no hotkeys here.</source>
        <translation>Hier gibt es keine Tastenkürzel.</translation>
    </message>
</context>
</TS>
