package io.thoughtbus.server.archive;

import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says how the journal is archived to who asks a bus that does not. */
@RestController
@ConditionalOnProperty(name = "thoughtbus.archive.enabled", havingValue = "false", matchIfMissing = true)
final class NoArchiveController {

    @SuppressWarnings("DoNotCallSuggester")
    @RequestMapping({"/v1/{namespace}/archive", "/v1/{namespace}/archive/**"})
    void refuse() {
        throw new ProblemException(
                ProblemType.NO_SUCH_RESOURCE,
                "this bus archives nothing; start it with --thoughtbus.archive.enabled=true");
    }
}
