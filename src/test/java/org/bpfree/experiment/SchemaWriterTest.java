package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfree.binding.SchemaWriter;
import org.bpfree.binding.Setting;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.data.DataSettings;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.sweep.SweepSettings;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {
    private final SettingsTypes types = InstalledTypes.find();
    private final JsonNode schema = read(SchemaWriter.write(types, Experiment.class, "bpfree experiment"));

    @Test
    void everyKeyOfEveryRecordIsDescribed() {
        Set<Class<?>> records = new HashSet<>();
        collect(Experiment.class, records);

        assertThat(records).contains(DataSettings.class, DataSettings.Augmentation.class, EkdaaSettings.class);
        for (Class<?> record : records) {
            JsonNode properties = definition(record).get("properties");
            for (Setting setting : types.settings(record.asSubclass(Record.class))) {
                assertThat(properties.path(setting.name()).path("description").asText())
                        .as("%s.%s", record.getSimpleName(), setting.name())
                        .isEqualTo(setting.doc())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void onlySettingsWithoutDefaultAreRequired() {
        assertThat(schema.get("required"))
                .extracting(JsonNode::asText)
                .containsExactly("name", "data", "model", "learner", "optimizer", "training");
        assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void variantsAreToldApartByTheirType() {
        JsonNode ekdaa = definition(EkdaaSettings.class);

        assertThat(schema.at("/properties/learner/oneOf").findValuesAsText("$ref"))
                .contains("#/$defs/EkdaaSettings");
        assertThat(ekdaa.at("/properties/type/const").asText()).isEqualTo("ekdaa");
        assertThat(ekdaa.get("required")).extracting(JsonNode::asText).containsExactly("type");
    }

    @Test
    void defaultsRangesAndNamesAreThoseOfTheBinder() {
        JsonNode beta = definition(EkdaaSettings.class).at("/properties/beta");
        JsonNode crop = definition(DataSettings.Augmentation.class).at("/properties/crop");

        assertThat(beta.get("type").asText()).isEqualTo("number");
        assertThat(beta.get("default").asDouble()).isEqualTo(0.9);
        assertThat(beta.get("exclusiveMinimum").asInt()).isZero();
        assertThat(crop.get("minimum").asInt()).isZero();
        assertThat(crop.get("maximum").asInt()).isEqualTo(16);
        assertThat(crop.get("default").isInt() || crop.get("default").isLong()).isTrue();
        assertThat(definition(DataSettings.class).at("/properties/dataset/anyOf/0/enum"))
                .extracting(JsonNode::asText)
                .contains("fashion-mnist", "cifar-10");
        assertThat(schema.at("/properties/loss/default").asText()).isEqualTo("cross-entropy");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(schema.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        schema.at(reference.substring(1)).isObject())
                .as(reference)
                .isTrue());
    }

    @Test
    void aSweepFileMapsPathsToAnyValues() {
        JsonNode sweep = read(SchemaWriter.write(types, SweepSettings.class, "bpfree sweep"));

        assertThat(sweep.get("title").asText()).isEqualTo("bpfree sweep");
        assertThat(sweep.get("required")).extracting(JsonNode::asText).containsExactly("name", "base");
        assertThat(sweep.at("/properties/set/description").asText()).isNotEmpty();
        assertThat(sweep.at("/properties/set/additionalProperties")).isEmpty(); // so every value is allowed
        assertThat(sweep.at("/properties/grid/additionalProperties/anyOf/0/type")
                        .asText())
                .isEqualTo("array");
        assertThat(sweep.at("/properties/cells/items/type").asText()).isEqualTo("object");
        assertThat(sweep.at("/properties/seeds/items/type").asText()).isEqualTo("integer");
        assertThat(sweep.at("/properties/seeds/default").isArray()).isTrue();
    }

    private JsonNode definition(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        String name = (outer == null ? "" : outer.getSimpleName() + ".") + record.getSimpleName();
        return record == Experiment.class ? schema : schema.get("$defs").path(name);
    }

    private void collect(Type type, Set<Class<?>> records) {
        Class<?> raw = Setting.raw(type);
        if (raw == List.class || raw == Optional.class) {
            collect(Setting.argument(type), records);
        } else if (types.isFamily(raw)) {
            types.variants(raw).values().forEach(variant -> collect(variant, records));
        } else if (raw.isRecord() && records.add(raw)) {
            types.settings(raw.asSubclass(Record.class)).forEach(setting -> collect(setting.type(), records));
        }
    }

    private static JsonNode read(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
