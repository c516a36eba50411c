package com.wisesync.keycloak.simulator;

import com.wisesync.keycloak.testing.Html;
import java.util.List;
import java.util.stream.Collectors;

/** What the simulator knows, as a page that keeps itself up to date. */
final class LinksPage {

    private LinksPage() {}

    static String of(List<Link> links, List<Deactivation> deactivations) {
        String rows = links.stream().map(LinksPage::row).collect(Collectors.joining());
        String heard = deactivations.stream().map(LinksPage::row).collect(Collectors.joining());
        return Html.page("Wise-Pay simulator", """
                <h2>Links</h2>
                <table><tr><th>Kind</th><th>Name</th><th>Type</th><th>User</th><th>Status</th></tr>%s</table>
                <h2>Deactivations heard</h2>
                <table><tr><th>Type</th><th>Reason</th><th>User</th><th>Links</th><th>Times</th></tr>%s</table>
                """.formatted(rows, heard));
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
