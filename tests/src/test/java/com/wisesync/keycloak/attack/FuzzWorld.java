package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.MemberRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Two accounts, the first with a model of its expected state. At the end the stock admin API must show exactly this
 * state: a refused request leaves nothing behind.
 */
final class FuzzWorld {

    /** Must not occur in any answer to the account-admin. */
    static final String NEIGHBOUR = "Neighbour";

    private static final String COMPANY = "company.";

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("autotask", "one", "two");
    private final String otherAccount = testbed.people().account("autotask", "one");
    private final Person neighbour = testbed.people()
            .createNamed("neighbour-" + UUID.randomUUID() + "@test.example", otherAccount, "user", "one");
    private final Person me = testbed.people().create(account, "account-admin");
    private Tokens adminTokens = logIn();
    private final Api admin = new Api(testbed.server().apiUrl(), () -> adminTokens.access());
    private final Api service = new Api(testbed.server().apiUrl(), this::serviceToken);
    private final Map<String, User> users = new TreeMap<>();
    private final Map<String, String> companies = new TreeMap<>(Map.of("one", "one xero", "two", "two xero"));
    private long accounts = testbed.realm().organizations().count("");
    private final int strangers;
    private final String before;
    private Tokens serviceTokens;

    private record User(
            String username,
            String email,
            String firstName,
            String lastName,
            String role,
            List<String> companies,
            boolean enabled) {

        static User of(JsonNode json) {
            return new User(
                    json.path("username").asText(),
                    json.path("email").asText(),
                    json.path("firstName").asText(),
                    json.path("lastName").asText(),
                    json.path("role").asText(),
                    sorted(json.path("companies")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList()),
                    json.path("enabled").asBoolean());
        }

        User with(boolean enabled) {
            return new User(username, email, firstName, lastName, role, companies, enabled);
        }

        User without(String company) {
            List<String> left =
                    companies.stream().filter(id -> !id.equals(company)).toList();
            return new User(username, email, firstName, lastName, role, left, enabled);
        }
    }

    FuzzWorld() {
        UserResource resource = testbed.realm().users().get(neighbour.id());
        UserRepresentation renamed = resource.toRepresentation();
        renamed.setLastName(NEIGHBOUR);
        resource.update(renamed);
        testbed.people().create(account, "user", "one");
        testbed.people().create(account, "merchant-user");
        users.putAll(stored());
        strangers = testbed.realm().users().count() - users.size();
        before = otherAccountState();
    }

    Answer send(FuzzRequest request) {
        // The caller may be read but not changed; otherwise most later calls would be refused.
        List<String> others =
                users.keySet().stream().filter(id -> !id.equals(me.id())).toList();
        String user = request.abroad() ? neighbour.id() : others.get(request.user() % others.size());
        String path = request.path(request.abroad() ? otherAccount : account, user);
        Api caller = request.staff() ? service : admin;
        List<String> headers = new ArrayList<>(List.of("Content-Type", request.type()));
        request.ifMatch().ifPresent(text -> headers.addAll(List.of("If-Match", text)));
        Supplier<Answer> call =
                () -> caller.send(request.operation().method(), path, request.body(), headers.toArray(String[]::new));
        Answer answer = call.get();
        if (caller == admin && answer.status() == 401) {
            // The account was disabled for a moment, which ended the session; or the token has expired.
            adminTokens = logIn();
            answer = call.get();
            assertThat(answer.status()).isNotEqualTo(401);
        }
        if (answer.status() / 100 == 2) {
            updateModel(request, user, answer);
        }
        return answer;
    }

    /** Compares the model with the stored data. */
    void check() {
        assertThat(stored()).isEqualTo(users);
        OrganizationRepresentation now =
                testbed.realm().organizations().get(account).toRepresentation();
        Map<String, String> found = new TreeMap<>();
        now.getAttributes().keySet().stream()
                .filter(key -> key.startsWith(COMPANY) && !key.endsWith(".package"))
                .forEach(key -> found.put(
                        key.substring(COMPANY.length()),
                        now.getAttributes().get(key).get(0) + " "
                                + now.getAttributes().get(key + ".package").get(0)));
        assertThat(found).isEqualTo(companies);
        assertThat(testbed.realm().organizations().count("")).as("accounts").isEqualTo(accounts);
        assertThat(testbed.realm().users().count() - users.size())
                .as("users of no account or another")
                .isEqualTo(strangers);
        assertThat(otherAccountState()).as("the other account").isEqualTo(before);
    }

    /** The server's log from its last error on. */
    String lastErrors() {
        String log = testbed.server().log();
        return log.substring(Math.max(0, log.lastIndexOf(" ERROR ")));
    }

    String neighbour() {
        return neighbour.username();
    }

    private void updateModel(FuzzRequest request, String user, Answer answer) {
        switch (request.operation().id()) {
            case "createAccount" -> accounts++;
            case "updateAccount" -> restoreAccount();
            case "putCompany" ->
                companies.put(
                        answer.json().path("id").asText(),
                        answer.json().path("name").asText() + " "
                                + answer.json().path("package").asText());
            case "deleteCompany" -> {
                String company = request.odd().get("{company}");
                companies.remove(company);
                users.replaceAll((id, kept) -> kept.without(company));
            }
            case "createUser" -> users.put(answer.createdId(), User.of(answer.json()));
            case "importUsers" ->
                answer.json().path("rows").forEach(row -> {
                    if (row.path("outcome").asText().equals("created")) {
                        String id = row.path("id").asText();
                        users.put(id, User.of(service.get(path(id)).json()));
                    }
                });
            case "updateUser" -> users.put(user, User.of(answer.json()));
            case "enableUser" -> users.computeIfPresent(user, (id, kept) -> kept.with(true));
            case "disableUser" -> users.computeIfPresent(user, (id, kept) -> kept.with(false));
            default -> {
                // Changes nothing that is compared.
            }
        }
    }

    private Tokens logIn() {
        return testbed.logIn(me, Application.CONSOLE);
    }

    /** Reused until it expires: to request a token takes longer than most calls. */
    private String serviceToken() {
        if (serviceTokens == null || serviceTokens.expiresSoon()) {
            serviceTokens = Tokens.ofService(testbed.server(), "wise-sync-service", "wise-sync-service-secret");
        }
        return serviceTokens.access();
    }

    /** Otherwise most later calls would meet a disabled account, or one without Autotask. */
    private void restoreAccount() {
        service.put(
                "/accounts/" + account,
                Map.of("name", "Fuzz " + account, "psa", "autotask", "twoFactorMode", "required", "enabled", true));
    }

    private Map<String, User> stored() {
        Map<String, User> stored = new TreeMap<>();
        int max = testbed.realm().organizations().get(account).members().count().intValue();
        for (MemberRepresentation member :
                testbed.realm().organizations().get(account).members().list(0, max)) {
            UserResource resource = testbed.realm().users().get(member.getId());
            UserRepresentation user = resource.toRepresentation();
            String role = resource.roles().realmLevel().listAll().stream()
                    .map(RoleRepresentation::getName)
                    .filter(name -> !name.startsWith("default-roles"))
                    .collect(Collectors.joining(","));
            Map<String, List<String>> attributes = Objects.requireNonNullElse(user.getAttributes(), Map.of());
            stored.put(
                    member.getId(),
                    new User(
                            user.getUsername(),
                            user.getEmail(),
                            Objects.requireNonNullElse(user.getFirstName(), ""),
                            Objects.requireNonNullElse(user.getLastName(), ""),
                            role,
                            sorted(attributes.getOrDefault("companies", List.of())),
                            user.isEnabled()));
        }
        return stored;
    }

    /** The state of everything in the other account that could have been changed. */
    private String otherAccountState() {
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(otherAccount).toRepresentation();
        UserResource resource = testbed.realm().users().get(neighbour.id());
        UserRepresentation user = resource.toRepresentation();
        return List.of(
                        organization.getName(),
                        organization.isEnabled(),
                        organization.getAttributes(),
                        testbed.realm()
                                .organizations()
                                .get(otherAccount)
                                .members()
                                .count(),
                        user.getUsername(),
                        user.getEmail(),
                        user.getFirstName(),
                        user.getLastName(),
                        user.isEnabled(),
                        user.getAttributes(),
                        user.getRequiredActions(),
                        resource.credentials().stream()
                                .map(CredentialRepresentation::getId)
                                .toList())
                .toString();
    }

    private String path(String user) {
        return "/accounts/" + account + "/users/" + user;
    }

    private static List<String> sorted(List<String> companies) {
        return List.copyOf(new TreeSet<>(companies));
    }
}
