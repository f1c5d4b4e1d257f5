package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The table of bundled software")
class BundledSoftwareTest {
    @Test
    @DisplayName("names every Maven artifact of the build")
    void artifacts() {
        Set<String> artifacts = BundledSoftware.artifacts().keySet();
        assertThat(artifacts).as("found by the build").contains("org.nd4j:nd4j-api", "info.picocli:picocli");
        assertThat(BundledSoftware.unnamed(artifacts, List.of())).isEmpty();
    }

    @Test
    @DisplayName("that lacks an artifact or a library is seen to")
    void unnamed() {
        assertThat(BundledSoftware.unnamed(
                        List.of("org.example:thing", "info.picocli:picocli"),
                        List.of("org/x/libmkl_rt.so.2", "org/x/libgomp.so.1", "org/x/Y.class")))
                .containsExactly("org.example:thing", "mkl_rt");
    }

    @Test
    @DisplayName("names the libraries of the other platforms, too")
    void otherPlatforms() {
        assertThat(BundledSoftware.unnamed(
                        List.of(),
                        List.of(
                                "w/api-ms-win-crt-heap-l1-1-0.dll",
                                "w/libstdc++-6.dll",
                                "w/libwinpthread-1.dll",
                                "w/libgcc_s_seh-1.dll",
                                "w/libgomp-1.dll",
                                "w/vcruntime140_1.dll",
                                "m/libgcc_s.1.dylib",
                                "m/libgfortran.4.dylib",
                                "m/libnd4jcpu.dylib")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a/libgomp.so.1, gomp",
        "libgfortran.so.5, gfortran",
        "a/b/jnidispatch.dll, jnidispatch",
        "a/libgfortran.5.dylib, gfortran",
        "a/libquadmath-0.dll, quadmath",
        "aix/libx.a, x",
        "a/libjlinenative.jnilib, jlinenative"
    })
    @DisplayName("knows libraries by the stems of their names")
    void libraries(String path, String stem) {
        assertThat(BundledSoftware.library(path)).hasValue(stem);
    }

    @Test
    @DisplayName("has nothing that the build does not bundle")
    void nothingStale() {
        Set<String> named = BundledSoftware.table().stream()
                .filter(each -> each.kind().equals("artifact"))
                .map(BundledSoftware.Component::name)
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(BundledSoftware.artifacts().keySet());
    }

    @Test
    @DisplayName("has every licence in full")
    void texts() {
        for (BundledSoftware.Component each : BundledSoftware.components()) {
            assertThat(each.version()).as(each.name()).isNotEqualTo("-");
            for (String text : each.texts()) {
                // Microsoft's terms are on its pages only, and bind on Windows alone.
                if (!text.startsWith("LicenseRef-")) {
                    assertThat(BundledSoftware.text(text)).as(text).hasSizeGreaterThan(900);
                }
            }
        }
        assertThat(BundledSoftware.text("GPL-3.0.txt")).contains("END OF TERMS AND CONDITIONS");
        assertThat(BundledSoftware.text("LGPL-2.1.txt")).contains("END OF TERMS AND CONDITIONS");
        assertThat(BundledSoftware.text("GCC-exception-3.1.txt")).contains("No Weakening of GCC Copyleft");
    }

    @Test
    @DisplayName("is printed by --licenses, and licences in full by --licenses=NAME")
    void printed() throws IOException {
        assertThat(CliRun.bpfree("--licenses").out())
                .contains("gomp ", "GPL-3.0-or-later WITH GCC-exception-3.1", "org.webjars.npm:d3");
        JsonNode rows = new ObjectMapper()
                .readTree(CliRun.bpfree("--licenses", "--json").out());
        assertThat(rows).hasSameSizeAs(BundledSoftware.components());
        assertThat(CliRun.bpfree("--licenses=libgomp").out())
                .contains("https://gcc.gnu.org", "GNU GENERAL PUBLIC LICENSE", "GCC RUNTIME LIBRARY EXCEPTION");
        assertThat(CliRun.bpfree("--licenses=picocli").out()).contains("Apache License", "4.7");
        CliRun unknown = CliRun.bpfree("--licenses=mkl");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("nothing in the JAR is named 'mkl'");
    }
}
