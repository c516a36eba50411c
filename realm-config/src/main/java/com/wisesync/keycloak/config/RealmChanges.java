package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;

/**
 * Brings a realm that is there already to what the files say, without its demo part: what is ours and missing is made,
 * what is ours and different is changed, and everything else stays. Doing it twice is the same as doing it once.
 */
public final class RealmChanges {

    /** In the order in which they need each other. */
    private static final List<Subject> SUBJECTS = List.of(
            new ClientScopes(),
            new Clients(),
            new Roles(),
            new Permissions(),
            new ServiceAccounts(),
            new RequiredActions(),
            new Flows(),
            new PersonalData(),
            new Settings());

    private final AdminApi realm;
    private final ObjectNode wanted;

    /**
     * @param keycloak logged in as somebody who may manage the realm
     * @param environment what the placeholders in the files stand for
     */
    public RealmChanges(Keycloak keycloak, String server, String realm, Map<String, String> environment) {
        this.realm = keycloak.proxy(AdminApi.class, AdminUri.of(server, realm));
        this.wanted = new Placeholders(environment).resolvedIn(RealmFiles.production());
    }

    /** What is not as the files have it, one line each; empty if there is nothing to do. */
    public List<String> show() {
        return SUBJECTS.stream()
                .flatMap(subject -> subject.changes(wanted, realm).stream())
                .map(Change::text)
                .toList();
    }

    /** @param told each change, before it is made */
    public void make(Consumer<String> told) {
        SUBJECTS.forEach(subject -> subject.changes(wanted, realm).forEach(change -> {
            told.accept(change.text());
            change.make().run();
        }));
    }
}
