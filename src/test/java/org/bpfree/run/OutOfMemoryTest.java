package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Lack of memory")
class OutOfMemoryTest {
    private static OutOfMemoryError in(String className) {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Arrays", "copyOf", "Arrays.java", 1),
            new StackTraceElement(className, "read", "File.java", 2),
            new StackTraceElement("org.bpfree.cli.EvalCommand", "call", "EvalCommand.java", 3)
        });
        return error;
    }

    @ParameterizedTest
    @CsvSource({
        "org.bpfree.data.format.PictureFile, the picture does not fit",
        "org.bpfree.data.format.CifarReader, the images of the dataset do not fit",
        "org.bpfree.train.Checkpoint, the checkpoint does not fit",
        "org.bpfree.report.HtmlReport, the report does not fit",
        "org.bpfree.measure.NumpyArchive, the NumPy archive does not fit"
    })
    @DisplayName("is told with what was too big, and no advice on the batch")
    void what(String className, String message) {
        Failure failure = Diagnosis.of(in(className));
        assertThat(failure).hasMessageStartingWith("out of memory: " + message);
        assertThat(String.join(" ", failure.hints())).contains("-Xmx").doesNotContain("batchSize");
    }

    @Test
    @DisplayName("in the network is told with the batch, and in another thread as there")
    void network() {
        assertThat(Diagnosis.of(in("org.bpfree.tensor.Arena")).hints().get(0)).contains("training.batchSize");
        OutOfMemoryError wrapped = in("org.bpfree.cli.EvalCommand");
        wrapped.initCause(in("org.bpfree.data.format.CifarReader"));
        assertThat(Diagnosis.of(wrapped)).hasMessageContaining("the images of the dataset");
    }
}
