package com.wisesync.keycloak.simulator;

import com.wisesync.keycloak.simulator.KnownUsers.KnownUser;
import com.wisesync.keycloak.testing.Html;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The state of the simulator as a page that reloads itself. */
final class LinksPage {

    private LinksPage() {}

    static String of(List<Link> links, List<Deactivation> deactivations, Collection<KnownUser> users) {
        String rows = links.stream().map(LinksPage::row).collect(Collectors.joining());
        String received = deactivations.stream().map(LinksPage::row).collect(Collectors.joining());
        return Html.page("Wise-Pay simulator", """
                <h2>Links</h2>
                <table><tr><th>Kind</th><th>Name</th><th>Type</th><th>User</th><th>Status</th></tr>%s</table>
                <h2>Deactivations received</h2>
                <table><tr><th>Type</th><th>Reason</th><th>User</th><th>Links</th><th>Times</th></tr>%s</table>
                <h2>Users of the applications</h2>
                <table><tr><th>Application</th><th>User</th><th>Name</th><th>Account</th><th>Role</th><th>Companies</th>\
                <th>Enabled</th><th>Last event</th></tr>%s</table>
                """.formatted(
                        rows, received, users.stream().map(LinksPage::row).collect(Collectors.joining())));
    }

    private static String row(KnownUser user) {
        String name = user.text("/user/firstName") + " " + user.text("/user/lastName");
        return "<tr data-user=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        Html.escape(user.text("/user/id")),
                        Html.escape(user.application()),
                        Html.escape(user.text("/user/username")),
                        Html.escape(name),
                        Html.escape(user.text("/account/name")),
                        Html.escape(user.text("/user/role")),
                        Html.escape(user.event().at("/user/companies").toString()),
                        Html.escape(user.text("/user/enabled")),
                        Html.escape(user.text("/type") + ", " + user.text("/occurredAt")));
    }

    private static String row(Link link) {
        return "<tr data-link=\"%s\" class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        Html.escape(link.id()),
                        Html.escape(link.status()),
                        Html.escape(link.kind()),
                        Html.escape(link.name()),
                        Html.escape(link.type()),
                        Html.escape(link.user()),
                        Html.escape(link.status()));
    }

    private static String row(Deactivation deactivation) {
        return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%d</td></tr>"
                .formatted(
                        Html.escape(deactivation.type()),
                        Html.escape(deactivation.reason()),
                        Html.escape(deactivation.body().at("/user/email").asText(deactivation.user())),
                        deactivation.deactivated().size(),
                        deactivation.times());
    }
}
