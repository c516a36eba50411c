package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.activity.ActivityKind;
import com.wisesync.keycloak.admin.RefusalMapper.ErrorRep;
import com.wisesync.keycloak.admin.Types.Body;
import com.wisesync.keycloak.admin.Types.Returns;
import com.wisesync.keycloak.mail.Invitation;
import com.wisesync.keycloak.role.Role;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That openapi.yaml describes the resource classes, call by call and field by field. */
class OpenApiTest {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    private final JsonNode api = read();

    @Test
    void describesEveryCallAndNoOther() {
        assertThat(described().keySet()).isEqualTo(calls().keySet());
    }

    @TestFactory
    Stream<DynamicTest> describesRequestsAndResponses() {
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> compare(call.getValue(), described().get(call.getKey()))));
    }

    @Test
    void describesTheErrorsOfEachCall() {
        described().forEach((call, operation) -> {
            JsonNode answers = operation.path("responses");
            Set<String> expected = new TreeSet<>(Set.of("401", "403"));
            if (operation.has("requestBody")) {
                expected.add("400");
            }
            if (call.contains("{")) {
                expected.add("404");
            }
            assertThat(expected).as(call).allMatch(answers::has);
        });
    }

    @Test
    void listsTheExistingChoices() {
        assertThat(choices("Role")).isEqualTo(all(Role.values(), Role::roleName));
        assertThat(choices("Psa")).isEqualTo(all(Psa.values(), Psa::id));
        assertThat(choices("TwoFactorMode")).isEqualTo(all(TwoFactorMode.values(), TwoFactorMode::id));
        assertThat(choices("AccountingPackage")).isEqualTo(all(AccountingPackage.values(), AccountingPackage::id));
        assertThat(choices("ActivityKind")).isEqualTo(all(ActivityKind.values(), ActivityKind::id));
        assertThat(choices("InvitationState")).isEqualTo(all(Invitation.State.values(), Invitation.State::id));
    }

    @Test
    void hasNoBrokenReference() {
        assertThat(api.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(api.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(api.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void describesEveryCallParameterAndField() {
        described().forEach((call, operation) -> {
            assertThat(operation.path("summary").asText()).as(call).isNotBlank();
            assertThat(operation.path("description").asText()).as(call).isNotBlank();
            operation.path("parameters").forEach(parameter -> assertExplained(call, resolved(parameter), "example"));
        });
        api.at("/components/parameters").forEach(parameter -> assertExplained("parameter", parameter, "example"));
        api.at("/components/headers").forEach(header -> assertExplained("header", header, "example"));
        api.at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getValue().path("description").asText())
                    .as(schema.getKey())
                    .isNotBlank();
            schema.getValue()
                    .path("properties")
                    .properties()
                    .forEach(field -> assertExplained(
                            schema.getKey() + "." + field.getKey(), resolved(field.getValue()), "examples"));
        });
    }

    /** Choices, flags and lists need no example; what they consist of has one. */
    private static void assertExplained(String name, JsonNode node, String example) {
        assertThat(node.path("description").asText()).as(name + " " + node).isNotBlank();
        JsonNode schema = node.has("schema") ? node.path("schema") : node;
        boolean obvious = schema.has("enum")
                || schema.has("properties")
                || List.of("boolean", "array").contains(schema.path("type").asText());
        assertThat(obvious || node.has(example)).as("example of " + name).isTrue();
    }

    @Test
    void describesErrors() {
        compare(ErrorRep.class, api.at("/components/schemas/Error"), new HashSet<>());
    }

    private void compare(Method method, JsonNode operation) {
        assertThat(parameters(method, QueryParam.class, QueryParam::value)).isEqualTo(parameters(operation, "query"));
        assertThat(parameters(method, HeaderParam.class, HeaderParam::value))
                .isEqualTo(parameters(operation, "header"));
        body(method)
                .ifPresentOrElse(
                        type -> compare(type, content(operation.path("requestBody")), new HashSet<>()),
                        () -> assertThat(operation.has("requestBody")).isFalse());
        Returns answers = method.getAnnotation(Returns.class);
        JsonNode success = operation.path("responses").path(answers == null ? "200" : answers.status() + "");
        assertThat(success.isMissingNode()).as("the answer's status").isFalse();
        Type answered = answers == null ? method.getGenericReturnType() : answers.value();
        if (answered == void.class) {
            assertThat(success.has("content")).isFalse();
        } else {
            compare(answered, content(success), new HashSet<>());
        }
    }

    private void compare(Type type, JsonNode described, Set<Type> seen) {
        JsonNode schema = resolved(described);
        if (type instanceof ParameterizedType list) {
            assertThat(schema.path("type").asText()).isEqualTo("array");
            compare(list.getActualTypeArguments()[0], schema.path("items"), seen);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            if (seen.add(type)) {
                Map<String, Type> fields = Stream.of(record.getRecordComponents())
                        .filter(component -> !isOnlyRead(component))
                        .collect(Collectors.toMap(OpenApiTest::name, RecordComponent::getGenericType));
                Set<String> properties = new TreeSet<>();
                schema.path("properties").fieldNames().forEachRemaining(properties::add);
                assertThat(properties).as(record.getSimpleName()).isEqualTo(new TreeSet<>(fields.keySet()));
                fields.forEach((name, field) ->
                        compare(field, schema.path("properties").path(name), seen));
            }
        } else if (type != Object.class) {
            assertThat(schema.path("type").asText()).as(type.getTypeName()).isEqualTo(jsonType((Class<?>) type));
        }
    }

    private List<String> choices(String schema) {
        List<String> choices = new ArrayList<>();
        api.at("/components/schemas/" + schema + "/enum").forEach(choice -> choices.add(choice.asText()));
        return choices;
    }

    private static <T> List<String> all(T[] values, Function<T, String> name) {
        return Stream.of(values).map(name).toList();
    }

    private static String jsonType(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == int.class || type == long.class || type == Integer.class || type == Long.class
                ? "integer"
                : "string";
    }

    /** Read from answers of other systems; never part of the API's own answers. */
    private static boolean isOnlyRead(RecordComponent field) {
        JsonProperty property = field.getAccessor().getAnnotation(JsonProperty.class);
        return property != null && property.access() == JsonProperty.Access.WRITE_ONLY;
    }

    private static String name(RecordComponent field) {
        JsonProperty renamed = field.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? field.getName() : renamed.value();
    }

    private static Optional<Class<?>> body(Method method) {
        return Stream.of(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(Body.class)))
                .<Class<?>>map(Body::value)
                .findFirst();
    }

    private static <A extends Annotation> Set<String> parameters(
            Method method, Class<A> kind, Function<A, String> name) {
        return Stream.of(method.getParameters())
                .flatMap((Parameter parameter) -> Stream.ofNullable(parameter.getAnnotation(kind)))
                .map(name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> parameters(JsonNode operation, String kind) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(parameter -> {
            JsonNode described = resolved(parameter);
            if (described.path("in").asText().equals(kind)) {
                names.add(described.path("name").asText());
            }
        });
        return names;
    }

    private JsonNode content(JsonNode response) {
        JsonNode content = response.path("content");
        assertThat(content.size() - (content.has("text/csv") && content.has("application/json") ? 1 : 0))
                .as("media types")
                .isEqualTo(1);
        return content.elements().next().path("schema");
    }

    private JsonNode resolved(JsonNode node) {
        String ref = node.path("$ref").asText();
        return ref.isEmpty() ? node : resolved(api.at(ref.substring(1)));
    }

    private Map<String, JsonNode> described() {
        Map<String, JsonNode> operations = new TreeMap<>();
        api.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                path.getValue().path(method))));
        return operations;
    }

    private static Map<String, Method> calls() {
        Map<String, Method> calls = new TreeMap<>();
        collect("", RootResource.class, calls);
        return calls;
    }

    private static void collect(String path, Class<?> resource, Map<String, Method> calls) {
        for (Method method : resource.getDeclaredMethods()) {
            Produces produces = method.getAnnotation(Produces.class);
            if (produces != null && produces.value()[0].startsWith(AccountActivityResource.CSV)) {
                continue; // The same call in another form.
            }
            Path own = method.getAnnotation(Path.class);
            String at = own == null ? path : path + "/" + own.value();
            Optional<String> verb = Arrays.stream(method.getAnnotations())
                    .flatMap(annotation ->
                            Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                    .map(HttpMethod::value)
                    .findFirst();
            if (verb.isPresent()) {
                calls.put(verb.get() + " " + at, method);
                pathParameters(method).forEach(parameter -> assertThat(at).contains(parameter));
            } else if (own != null) {
                collect(at, method.getReturnType(), calls);
            }
        }
    }

    private static List<String> pathParameters(Method method) {
        return Stream.of(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(PathParam.class)))
                .map(parameter -> "{" + parameter.value() + "}")
                .toList();
    }

    private static JsonNode read() {
        try (InputStream file = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
