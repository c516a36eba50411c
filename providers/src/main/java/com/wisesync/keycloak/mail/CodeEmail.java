package com.wisesync.keycloak.mail;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.UserModel;

/** The email with a login code, in the realm's email theme. */
public final class CodeEmail {

    private static final String SUBJECT = "wiseSyncCodeSubject";
    private static final String TEMPLATE = "wise-sync-code.ftl";

    private final AuthenticationFlowContext context;

    /** @param context of the login that waits for the code */
    public CodeEmail(AuthenticationFlowContext context) {
        this.context = context;
    }

    /**
     * Renders the email. It is sent by the returned object, which needs no database and is meant to be called after the
     * transaction, before the session is closed.
     *
     * @param lifetime how long the code is valid, stated in minutes
     * @throws EmailException if the user has no address or the template is invalid
     */
    public Prepared prepare(String code, Duration lifetime) throws EmailException {
        UserModel user = context.getUser();
        if (user.getEmail() == null || user.getEmail().isBlank()) {
            throw new EmailException("The user has no email address");
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("code", code);
        attributes.put("minutes", lifetime.toMinutes());
        RenderedEmail email = new RenderedEmail(context.getSession(), user.getEmail());
        email.setRealm(context.getRealm())
                .setUser(user)
                .setAuthenticationSession(context.getAuthenticationSession())
                .send(SUBJECT, List.of(code), TEMPLATE, attributes);
        Map<String, String> smtp = Map.copyOf(context.getRealm().getSmtpConfig());
        EmailSenderProvider sender = context.getSession().getProvider(EmailSenderProvider.class);
        return () -> sender.send(smtp, email.address(), email.subject(), email.text(), email.html());
    }

    /** A rendered email. */
    @FunctionalInterface
    public interface Prepared {

        /**
         * Sends the email.
         *
         * @throws EmailException if the mail server cannot be reached or does not accept the email
         */
        void send() throws EmailException;
    }
}
