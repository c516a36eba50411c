package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.user.Actor;
import com.wisesync.keycloak.user.UserImport;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * What a job needs from the request that started it, without its session.
 *
 * @param baseUri the base URI of the request, for links in invitations
 * @param audit the trail of the caller in another session
 */
record ImportOrder(
        List<CsvFile.Line> lines,
        boolean dryRun,
        Actor actor,
        Texts texts,
        URI baseUri,
        Function<KeycloakSession, AuditTrail> audit) {

    ImportOrder {
        lines = List.copyOf(lines);
    }

    /** @param caller whose rights have been checked; the job goes on when the request's session has ended */
    static ImportOrder of(List<CsvFile.Line> lines, boolean dryRun, Caller caller, Request request) {
        return new ImportOrder(
                lines,
                dryRun,
                new RequestedBy(caller.userId(), caller.isStaff(), caller.isAccountAdmin()),
                request.texts(),
                request.session().getContext().getUri().getBaseUri(),
                request::audit);
    }

    List<UserImport.Row> rows() {
        return lines.stream().map(CsvFile.Line::row).toList();
    }

    private record RequestedBy(String userId, boolean isStaff, boolean isAccountAdmin) implements Actor {

        /** Always refuses: a job has no login. Creating users does not need it. */
        @Override
        public void requireRecentLogin() {
            throw LoginAge.tooOld();
        }
    }
}
