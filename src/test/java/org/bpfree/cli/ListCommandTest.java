package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListCommandTest {
    @ParameterizedTest
    @CsvSource({
        "learners, ekdaa",
        "models, resnet-20",
        "models, vit-tiny",
        "datasets, fashion-mnist",
        "optimizers, rmsprop"
    })
    void tableAndJsonNameTheSame(String kind, String member) throws IOException {
        CliRun table = CliRun.bpfree("list", kind);
        JsonNode json = new ObjectMapper()
                .readTree(CliRun.bpfree("list", kind, "--json").out());

        assertThat(table.exitCode()).isZero();
        assertThat(table.out()).startsWith("name ").containsPattern("(?m)^" + member + " ");
        assertThat(json.findValuesAsText("name"))
                .contains(member)
                .hasSize((int) table.out().lines().count() - 1);
    }

    @Test
    void settingsComeWithTheirDefaults() {
        assertThat(CliRun.bpfree("list", "optimizers").out()).contains("learningRate (required), momentum=0,");
    }

    @Test
    void columnsAreAligned() {
        String[] lines = CliRun.bpfree("list", "datasets").out().split("\n");

        int column = lines[0].indexOf("shape");
        assertThat(lines).hasSizeGreaterThan(4).allSatisfy(line -> assertThat(line.charAt(column - 1))
                .isEqualTo(' '));
        assertThat(lines[1].substring(column)).startsWith("28x28x1");
    }
}
