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

/** Offers the companies of a user's account as the options of a select field in Keycloak's own forms. */
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

    AttributeMetadata addTo(AttributeMetadata attribute) {
        // Keycloak's consoles ignore the annotations of a multivalued attribute and show text fields
        // (UserProfileFields.tsx, 26.7).
        attribute.setMultivalued(false);
        // Login pages read the annotations themselves (AbstractUserProfileBean:198 of 26.7.4). JSON is written
        // after the session is closed, so the decorator copies the lazily read names.
        return attribute
                .addAnnotations(Map.of(INPUT_TYPE, MULTISELECT, LABELS, new OptionLabels()))
                .setAnnotationDecorator(context -> copied(context.getMetadata().getAnnotations()))
                .addValidators(List.of(new AttributeValidatorMetadata(
                        OptionsValidator.ID,
                        ValidatorConfig.builder()
                                .config(OptionsValidator.KEY_OPTIONS, new Ids())
                                .build())));
    }

    private static Map<String, Object> copied(Map<String, Object> annotations) {
        Map<String, Object> copied = new LinkedHashMap<>(annotations);
        copied.computeIfPresent(LABELS, (name, names) -> new LinkedHashMap<>((OptionLabels) names));
        return copied;
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

    /** Read lazily, as the names are: a list of users builds a profile for each row. */
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

    private final class OptionLabels extends AbstractMap<String, String> {

        @Override
        public Set<Entry<String, String>> entrySet() {
            Map<String, String> names = new LinkedHashMap<>();
            companies().forEach(company -> names.put(company.id(), company.name()));
            return names.entrySet();
        }
    }
}
