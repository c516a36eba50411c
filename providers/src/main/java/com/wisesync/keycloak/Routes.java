package com.wisesync.keycloak;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The paths of an API and their methods, read from its resource classes. RESTEasy Reactive answers 404 for an unknown method of a
 * known path (26.7); with the routes, an API can answer 405 and list the methods in {@code Allow}.
 */
public final class Routes {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

    private final Map<String, Set<String>> methods = new TreeMap<>();

    private Routes() {}

    /** All routes below a resource class, whose own path is empty. */
    public static Routes below(Class<?> root) {
        Routes routes = new Routes();
        routes.collect("", root);
        return routes;
    }

    /**
     * The methods of a path. A literal segment takes precedence over a parameter: {@code users/import} is not a user.
     *
     * @param path relative to the API, with a leading slash
     * @return empty if the API has no such path
     */
    public Set<String> allowed(String path) {
        Set<String> allowed = new TreeSet<>(methods.entrySet().stream()
                .filter(route -> pattern(route.getKey()).matcher(path).matches())
                .max(Comparator.comparingInt(route -> literals(route.getKey())))
                .map(Map.Entry::getValue)
                .orElse(Set.of()));
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        return allowed;
    }

    private void collect(String path, Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            Path own = method.getAnnotation(Path.class);
            String at = own == null ? path : path + "/" + own.value();
            Optional<String> verb = Stream.of(method.getAnnotations())
                    .flatMap(annotation ->
                            Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                    .map(HttpMethod::value)
                    .findFirst();
            if (verb.isPresent()) {
                methods.computeIfAbsent(at, key -> new TreeSet<>()).add(verb.get());
            } else if (own != null) {
                collect(at, method.getReturnType());
            }
        }
    }

    private static int literals(String template) {
        return PARAMETER.matcher(template).replaceAll("").length();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(PARAMETER.matcher(template).replaceAll("[^/]+") + "/?");
    }
}
