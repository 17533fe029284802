package io.tandem.dbrouter.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Writes a note and answers in one of many ways. */
@RestController
@RequestMapping("/answers")
class AnswerController {

	private static final byte[] LARGE = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

	private final NoteWriter writer;

	private final ConsistentNotes notes;

	private final AsyncTaskExecutor executor;

	AnswerController(NoteWriter writer, ConsistentNotes notes, AsyncTaskExecutor executor) {
		this.writer = writer;
		this.notes = notes;
		this.executor = executor;
	}

	@GetMapping("/{id}")
	ResponseEntity<Void> get(@PathVariable long id) {
		return this.notes.standard(id) ? ResponseEntity.noContent().build() : ResponseEntity.notFound().build();
	}

	@PostMapping("/text/{id}")
	String text(@PathVariable long id) {
		this.writer.write(id, "text");
		return "written";
	}

	@PostMapping("/nothing/{id}")
	ResponseEntity<Void> nothing(@PathVariable long id) {
		this.writer.write(id, "nothing");
		return ResponseEntity.noContent().build();
	}

	@PostMapping("/redirect/{id}")
	void redirect(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.writer.write(id, "redirect");
		response.sendRedirect("/answers/" + id);
	}

	@PostMapping("/error/{id}")
	void error(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.writer.write(id, "error");
		response.sendError(409);
	}

	@PostMapping("/exception/{id}")
	void exception(@PathVariable long id) {
		this.writer.write(id, "exception");
		throw new IllegalStateException("on purpose, after the commit");
	}

	@PostMapping("/large/{id}")
	void large(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.writer.write(id, "large");
		response.getOutputStream().write(LARGE);
	}

	@PostMapping("/print/{id}")
	void print(@PathVariable long id, HttpServletResponse response) throws IOException {
		response.getWriter().println("first");
		this.writer.write(id, "print");
		response.getWriter().printf("%s%n", "second");
		response.getWriter().flush();
	}

	@PostMapping("/length/{id}")
	void length(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.writer.write(id, "length");
		response.setContentLength(2);
		response.getOutputStream().print("ok");
	}

	@PostMapping("/reset/{id}")
	void reset(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.writer.write(id, "reset");
		response.getWriter().print("no");
		response.reset();
		response.getWriter().print("yes");
	}

	@PostMapping("/callable/{id}")
	Callable<String> callable(@PathVariable long id) {
		return () -> text(id);
	}

	@PostMapping("/future/{id}")
	CompletableFuture<String> future(@PathVariable long id) {
		return CompletableFuture.supplyAsync(() -> text(id), this.executor);
	}

	@PostMapping("/stream/{id}")
	StreamingResponseBody stream(@PathVariable long id) {
		return (out) -> {
			this.writer.write(id, "stream");
			out.write(LARGE);
		};
	}

	@PostMapping("/late/{id}")
	StreamingResponseBody late(@PathVariable long id) {
		return (out) -> {
			out.write(LARGE);
			this.writer.write(id, "late");
		};
	}

}
