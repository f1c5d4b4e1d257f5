package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run folder, as tests look at it. */
record RunFiles(Path folder) {
    static final List<String> FIGURES = List.of("metrics.csv", "metrics.jsonl");
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        return new String(bytes(name), java.nio.charset.StandardCharsets.UTF_8);
    }

    String status() {
        return text("STATUS").strip();
    }

    JsonNode result() {
        return json("result.json");
    }

    JsonNode json(String name) {
        try {
            return JSON.readTree(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same weights and the same metrics, byte for byte. */
    void hasSameBytesAs(RunFiles expected, String... checkpoints) {
        for (String name : FIGURES) {
            assertThat(text(name)).as(name).isEqualTo(expected.text(name));
        }
        for (String name : checkpoints) {
            assertThat(bytes(name)).as(name).isEqualTo(expected.bytes(name));
        }
        for (String figure : List.of("testLoss", "testAccuracy", "trainLoss", "epochs", "stopReason")) {
            assertThat(result().get(figure))
                    .as(figure)
                    .isEqualTo(expected.result().get(figure));
        }
    }
}
