package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.AttributeValidatorMetadata;
import org.keycloak.validate.ValidatorConfig;
import org.keycloak.validate.validators.OptionsValidator;

/** The companies of a user's account, as Keycloak's forms want a choice described. */
final class CompanyOptions {

    private static final String INPUT_TYPE = "inputType";
    private static final String MULTISELECT = "multiselect";
    private static final String LABELS = "inputOptionLabels";

    private final Accounts accounts;
    private final UserModel user;
    private List<Company> loaded;

    CompanyOptions(Accounts accounts, UserModel user) {
        this.accounts = accounts;
        this.user = user;
    }

    AttributeMetadata offeredBy(AttributeMetadata attribute) {
        // Of what has many values Keycloak's consoles ask for each in a text field of its own, whatever else it says
        // (UserProfileFields.tsx, 26.7).
        attribute.setMultivalued(false);
        // The login pages don't ask the decorator (AbstractUserProfileBean:198 of 26.7.4); what goes out as JSON does,
        // and is written when the session is closed.
        return attribute
                .addAnnotations(Map.of(INPUT_TYPE, MULTISELECT, LABELS, new Names()))
                .setAnnotationDecorator(context -> written(context.getMetadata().getAnnotations()))
                .addValidators(List.of(new AttributeValidatorMetadata(
                        OptionsValidator.ID,
                        ValidatorConfig.builder()
                                .config(OptionsValidator.KEY_OPTIONS, new Ids())
                                .build())));
    }

    private static Map<String, Object> written(Map<String, Object> annotations) {
        Map<String, Object> written = new LinkedHashMap<>(annotations);
        written.computeIfPresent(LABELS, (name, names) -> new LinkedHashMap<>((Names) names));
        return written;
    }

    private List<Company> companies() {
        if (loaded == null) {
            loaded = user == null || user.getId() == null
                    ? List.of()
                    : accounts.findByMember(user)
                            .map(account -> account.companies())
                            .orElse(List.of());
        }
        return loaded;
    }

    /** Like the names, read when a form is made and not before: lists of users build a profile for each row. */
    private final class Ids extends AbstractList<String> {

        @Override
        public String get(int index) {
            return companies().get(index).id();
        }

        @Override
        public int size() {
            return companies().size();
        }
    }

    private final class Names extends AbstractMap<String, String> {

        @Override
        public Set<Entry<String, String>> entrySet() {
            Map<String, String> names = new LinkedHashMap<>();
            companies().forEach(company -> names.put(company.id(), company.name()));
            return names.entrySet();
        }
    }
}
