package com.wisesync.keycloak.testing;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Locale;
import java.util.Map;

/** A GreenMail that rejects recipients at {@code refused.example} and defers those at {@code later.example}. */
final class RejectingGreenMail extends GreenMail {

    RejectingGreenMail(ServerSetup setup) {
        super(setup);
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
        return super.createServices(setups, new RejectingManagers(managers));
    }

    private static final class RejectingManagers extends Managers {

        private final Managers managers;
        private final SmtpManager smtp;

        RejectingManagers(Managers managers) {
            this.managers = managers;
            this.smtp = new RejectingSmtp(managers.getImapHostManager(), managers.getUserManager());
        }

        @Override
        public SmtpManager getSmtpManager() {
            return smtp;
        }

        @Override
        public UserManager getUserManager() {
            return managers.getUserManager();
        }

        @Override
        public ImapHostManager getImapHostManager() {
            return managers.getImapHostManager();
        }
    }

    private static final class RejectingSmtp extends SmtpManager {

        RejectingSmtp(ImapHostManager imap, UserManager users) {
            super(imap, users);
        }

        /** Null accepts the recipient; GreenMail sends any other text as its answer to RCPT. */
        @Override
        public String checkRecipient(SmtpState state, MailAddress recipient) {
            String address = recipient.getEmail().toLowerCase(Locale.ROOT);
            if (address.endsWith("@refused.example")) {
                return "550 5.1.1 No such mailbox";
            }
            return address.endsWith("@later.example") ? "451 4.3.0 Try again later" : null;
        }
    }
}
