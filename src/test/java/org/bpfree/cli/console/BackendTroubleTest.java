package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A native library that does not start")
class BackendTroubleTest {
    @Test
    @DisplayName("from a disk mounted noexec is told as that, with the remedy; another cause is not")
    void noexec() {
        Error error =
                new ExceptionInInitializerError(new UnsatisfiedLinkError("/c/libjnijavacpp.so: /c/libjnijavacpp.so:"
                        + " failed to map segment from shared object: Operation not permitted"));
        Failure failure = BackendTrouble.explain(error);
        assertThat(failure).hasMessageContaining("mounted 'noexec'");
        assertThat(failure.hints()).allSatisfy(hint -> assertThat(hint).contains("cachedir=FOLDER"));
        assertThat(BackendTrouble.explain(new UnsatisfiedLinkError("libgomp.so.1: cannot open shared object file")))
                .hasMessageNotContaining("noexec");
    }
}
