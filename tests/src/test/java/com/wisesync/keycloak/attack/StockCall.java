package com.wisesync.keycloak.attack;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A call of the stock server, read from the resource classes in its jars, so that calls added by a later Keycloak are
 * included.
 *
 * @param path below the server's address; names in braces are not filled in yet
 * @param body a well-formed one, or null if the call has none
 * @param type of that body
 */
record StockCall(String method, String path, String body, String type) implements Comparable<StockCall> {

    private static final String REALM = "/admin/realms/wise-sync";

    /** The paths of the classes that no other class leads to. */
    private static final Map<String, String> ROOTS = Map.ofEntries(
            Map.entry(REALM, "org.keycloak.services.resources.admin.RealmAdminResource"),
            Map.entry(REALM + "/ui-ext", "org.keycloak.admin.ui.rest.AdminExtResource"),
            Map.entry(REALM + "/user-storage", "org.keycloak.services.resources.admin.UserStorageProviderResource"),
            Map.entry(
                    REALM + "/testLDAPConnection", "org.keycloak.services.resources.admin.TestLdapConnectionResource"),
            Map.entry(
                    REALM + "/ldap-server-capabilities",
                    "org.keycloak.services.resources.admin.LdapServerCapabilitiesResource"),
            Map.entry(REALM + "/clear-user-cache", "org.keycloak.services.resources.admin.ClearUserCacheResource"),
            Map.entry(REALM + "/clear-realm-cache", "org.keycloak.services.resources.admin.ClearRealmCacheResource"),
            Map.entry(REALM + "/clear-keys-cache", "org.keycloak.services.resources.admin.ClearKeysCacheResource"),
            Map.entry(REALM + "/clear-crl-cache", "org.keycloak.services.resources.admin.ClearCrlCacheResource"),
            Map.entry("/admin/realms", "org.keycloak.services.resources.admin.RealmsAdminResource"),
            Map.entry("/admin/serverinfo", "org.keycloak.services.resources.admin.info.ServerInfoAdminResource"),
            Map.entry("/realms/wise-sync/account", "org.keycloak.services.resources.account.AccountRestService"),
            Map.entry("/realms/wise-sync/scim/v2/Users", "org.keycloak.scim.services.ScimResourceTypeResource"),
            Map.entry("/realms/wise-sync/scim/v2/Groups", "org.keycloak.scim.services.ScimResourceTypeResource"));

    static Set<StockCall> all() {
        Set<StockCall> calls = new TreeSet<>();
        try (URLClassLoader server = server()) {
            for (Map.Entry<String, String> root : ROOTS.entrySet()) {
                collect(root.getKey(), server.loadClass(root.getValue()), new HashSet<>(), calls);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Keycloak has it elsewhere", e);
        }
        return calls;
    }

    private static void collect(String at, Class<?> resource, Set<Class<?>> above, Set<StockCall> calls)
            throws ReflectiveOperationException {
        if (!above.add(resource)) {
            return;
        }
        for (Method method : resource.getMethods()) {
            Optional<String> path = value(method.getAnnotations(), "Path");
            Optional<String> verb = Stream.of("GET", "POST", "PUT", "DELETE", "PATCH")
                    .filter(name -> has(method.getAnnotations(), name))
                    .findFirst();
            String here = path.map(part -> at + "/" + plain(part)).orElse(at).replaceAll("/$", "");
            if (verb.isPresent()) {
                calls.add(new StockCall(verb.get(), here, body(method), type(method)));
            } else if (path.isPresent() && !path.get().equals("{realm}")) {
                collect(here, method.getReturnType(), above, calls);
            }
        }
        above.remove(resource);
    }

    /** Without surrounding slashes, and without the patterns of path parameters. */
    private static String plain(String path) {
        return path.replaceAll("^/|/$", "").replaceAll("\\{(\\S+?)\\s*:[^}]*}", "{$1}");
    }

    private static String body(Method method) throws ReflectiveOperationException {
        if (type(method).contains("form")) {
            return "config=%7B%7D";
        }
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getAnnotations().length == 0) {
                Class<?> type = parameter.getType();
                boolean several = type.isArray() || Collection.class.isAssignableFrom(type) || type == Stream.class;
                return several ? "[]" : "{}";
            }
        }
        return null;
    }

    private static String type(Method method) throws ReflectiveOperationException {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Consumes")) {
                String[] types = (String[])
                        annotation.annotationType().getMethod("value").invoke(annotation);
                return Arrays.stream(types)
                        .filter(type -> type.contains("json"))
                        .findFirst()
                        .orElse(types[0]);
            }
        }
        return "application/json";
    }

    private static boolean has(Annotation[] annotations, String name) {
        return Arrays.stream(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals(name));
    }

    private static Optional<String> value(Annotation[] annotations, String name) throws ReflectiveOperationException {
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().getName().equals("jakarta.ws.rs." + name)) {
                return Optional.of(
                        (String) annotation.annotationType().getMethod("value").invoke(annotation));
            }
        }
        return Optional.empty();
    }

    /** A class loader with the server's classes only, in the server's versions. */
    private static URLClassLoader server() throws IOException {
        try (Stream<Path> jars = Files.list(SourceTree.distribution().resolve("lib/lib/main"))) {
            return new URLClassLoader(
                    jars.map(StockCall::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reading calls come first, before any other call can break something. */
    @Override
    public int compareTo(StockCall other) {
        return order().compareTo(other.order());
    }

    private String order() {
        return (method.equals("GET") ? 0 : 1) + (path.equals(REALM) ? "~" : "") + path + method;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
