package org.bpfree.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bpfree.data.download.FileServer.Manner;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a download that broke off. */
@Timeout(30)
class DownloadResumeTest extends DownloadFixture {
    @Test
    void aConnectionThatBreaksOffIsGoneOnWith() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Cannot fetch " + NAME)
                    .hasMessageContaining(server.url() + NAME);
            List<Integer> begins = server.requests().stream()
                    .map(request -> request.range() == null
                            ? 0
                            : Integer.parseInt(request.range().replaceAll("\\D", "")))
                    .toList();
            assertThat(begins).hasSize(3).isSorted().doesNotHaveDuplicates().startsWith(0);
        }
    }

    @Test
    void theNextCommandGoesOnWhereTheLastOneStopped() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url())).isInstanceOf(Failure.class);
            long kept = Files.size(part());
            assertThat(kept).isBetween(1L, CONTENT.length - 1L);
            server.behave(Manner.SOUND);
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            FileServer.Request last = server.requests().get(server.requests().size() - 1);
            assertThat(last.range()).isEqualTo("bytes=" + kept + "-");
            assertThat(last.ifRange()).isEqualTo("\"v1\"");
            assertNothingLeftOver();
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsFetchedAnew() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url())).isInstanceOf(Failure.class);
            server.behave(Manner.SOUND);
            server.retag("\"v2\"");
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aMirrorWithoutRangesStartsAnew() throws IOException {
        startedPart(CONTENT, 1000);
        try (FileServer server = server(Manner.WITHOUT_RANGES)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void bytesOfAnotherSourceDoNotSpoilASoundMirror() throws IOException {
        startedPart(new byte[CONTENT.length], 1000);
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(server.requests()).extracting(FileServer.Request::range).containsExactly("bytes=1000-", null);
        }
    }

    @Test
    void aCompletePartOnlyNeedsItsName() throws IOException {
        startedPart(CONTENT, CONTENT.length);
        try (FileServer server = server(Manner.NOT_FOUND)) {
            get(server.url());
            assertThat(server.requests()).isEmpty();
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aPartThatIsTooLongIsDropped() throws IOException {
        startedPart(new byte[CONTENT.length + 1], CONTENT.length + 1);
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aMirrorThatStallsIsLeft() throws IOException {
        try (FileServer stalls = server(Manner.STALLS);
                FileServer sound = server(Manner.SOUND)) {
            get(stalls.url(), sound.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(stalls.requests()).hasSize(3);
        }
    }
}
