import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.AccountsApi;
import org.openapitools.client.api.MeApi;
import org.openapitools.client.api.SetupApi;
import org.openapitools.client.api.TwoFactorApi;
import org.openapitools.client.api.UsersApi;
import org.openapitools.client.api.WisePayApi;
import org.openapitools.client.model.NewUser;
import org.openapitools.client.model.Role;
import org.openapitools.client.model.User;
import org.openapitools.client.model.UserInput;
import org.openapitools.client.model.UserPage;

/** Uses the client that openapi-generator makes of openapi.yaml; ends with an exception if a call does not work. */
public final class UseClient {

    /** @param arguments the address of the API, a service's token, an account, and an unused email address */
    public static void main(String[] arguments) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor((HttpRequest.Builder request) ->
                request.header("Authorization", "Bearer " + arguments[1]));
        String account = arguments[2];
        String email = arguments[3];

        require(new MeApi(client).getMe().getStaff(), "the service is staff");
        AccountsApi accounts = new AccountsApi(client);
        require(accounts.listAccounts("acme", 0, 20).getTotal() >= 1, "accounts");
        require(accounts.getAccount(account).getId().equals(account), "account");
        require(!accounts.listCompanies(account).isEmpty(), "companies");
        require(!new SetupApi(client).getSetup().isEmpty(), "setup");
        require(new WisePayApi(client).listDeactivations(null, 0, 20).getTotal() >= 0, "deactivations");

        UsersApi users = new UsersApi(client);
        NewUser input = new NewUser()
                .role(Role.USER)
                .companies(List.of("acme-au"))
                .firstName("Generated")
                .lastName("Client")
                .email(email);
        ApiResponse<User> created = users.createUserWithHttpInfo(account, input);
        String user = created.getData().getId();
        require(header(created, "location").endsWith("/users/" + user), "location");

        UserPage page = users.listUsers(account, email, Role.USER, "acme-au", true, true, null, true, null, "-name", 0, 5);
        require(page.getTotal() == 1 && page.getUsers().get(0).getEmail().equals(email), "page of users");
        UserInput change = new UserInput()
                .role(Role.USER)
                .companies(List.of("acme-us"))
                .firstName("Changed")
                .lastName("Client")
                .email(email)
                .username(email);
        User changed = users.updateUser(account, user, change, header(created, "etag"));
        require(changed.getCompanies().equals(List.of("acme-us")), "change");
        try {
            users.updateUser(account, user, change, header(created, "etag"));
            throw new IllegalStateException("The tag is outdated");
        } catch (ApiException refused) {
            require(refused.getCode() == 412 && refused.getResponseBody().contains("errorMessage"), "refusal");
        }
        require(new TwoFactorApi(client).listTwoFactor(account, user).isEmpty(), "devices");
        require(users.listSessions(account, user).isEmpty(), "sessions");
        require(new WisePayApi(client).listWisePayLinks(account, user).isEmpty(), "links");
        users.disableUser(account, user);
        require(!users.getUser(account, user).getEnabled(), "disabled");
        require(!users.listActivity(account, user, 0, 20).isEmpty(), "activity of the user");
        require(!accounts.listAccountActivity(account, user, null, null, null, 0, 20).isEmpty(), "activity");
    }

    private static String header(ApiResponse<?> response, String name) {
        Map<String, List<String>> headers = response.getHeaders();
        return headers.get(name).get(0);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
