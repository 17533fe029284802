package io.tandem.webapp.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.http.SameOrigin;
import io.tandem.webapp.link.CodeTakenException;
import io.tandem.webapp.link.CreatedLink;
import io.tandem.webapp.link.IdempotencyKeyReusedException;
import io.tandem.webapp.link.InvalidLinkException;
import io.tandem.webapp.link.LinkCommands;
import io.tandem.webapp.link.LinkCursor;
import io.tandem.webapp.problem.DatabaseProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * The page at {@code /} and its form. There is no session: requests alternate between
 * instances that share nothing but the database.
 */
@Controller
class PageController {

	private static final LinkCursor NEWEST = LinkCursor.parse(null);

	private final PageView view;

	private final LinkCommands commands;

	PageController(PageView view, LinkCommands commands) {
		this.view = view;
		this.commands = commands;
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
	ModelAndView show(@RequestParam(required = false) @Nullable String after,
			@CookieValue(name = Flash.COOKIE, required = false) @Nullable String cookie, HttpServletRequest request,
			HttpServletResponse response) {
		doNotStore(response);
		ModelAndView page = this.view.show(LinkForm.empty(), cursor(after), request);
		if (cookie != null) {
			response.addHeader(HttpHeaders.SET_COOKIE, Flash.expired(request).toString());
			Flash.parse(cookie).ifPresent((flash) -> page.addObject("created", NewLinkCard.of(flash, request)));
		}
		return page;
	}

	@PostMapping(path = "/", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	ModelAndView shorten(@RequestParam(required = false) @Nullable String url,
			@RequestParam(required = false) @Nullable String code, @RequestParam(required = false) @Nullable String key,
			HttpServletRequest request, HttpServletResponse response) {
		doNotStore(response);
		LinkForm form = LinkForm.of(url, code, key);
		if (SameOrigin.isForged(request)) {
			return refuse(HttpStatus.FORBIDDEN, form, "The form was sent from another site. Send it from this page.",
					request);
		}
		try {
			Flash flash = Flash.of(create(form, request));
			response.addHeader(HttpHeaders.SET_COOKIE, flash.cookie(request).toString());
			return seeOther();
		}
		catch (InvalidLinkException ex) {
			return refuse(HttpStatus.UNPROCESSABLE_CONTENT, form, ex.faults(), request);
		}
		catch (CodeTakenException ex) {
			return refuse(HttpStatus.CONFLICT, form,
					List.of(new InvalidLinkException.Fault("code", String.valueOf(ex.getMessage()))), request);
		}
		catch (DataAccessException | TransactionException ex) {
			ProblemDetail problem = DatabaseProblems.explain(ex, true).orElseThrow(() -> ex);
			response.setHeader(HttpHeaders.RETRY_AFTER, "1");
			return refuse(HttpStatus.SERVICE_UNAVAILABLE, form, String.valueOf(problem.getDetail()), request);
		}
	}

	private CreatedLink create(LinkForm form, HttpServletRequest request) {
		PublicAddress address = PublicAddress.of(request);
		try {
			return this.commands.create(form.wish(address.uri()));
		}
		catch (IdempotencyKeyReusedException ex) {
			// The person changed the fields after a link was made: this is a new wish.
			return this.commands.create(form.renewed().wish(address.uri()));
		}
	}

	private ModelAndView refuse(HttpStatus status, LinkForm form, List<InvalidLinkException.Fault> faults,
			HttpServletRequest request) {
		Map<String, String> errors = faults.stream()
			.collect(Collectors.toMap(InvalidLinkException.Fault::field, InvalidLinkException.Fault::detail,
					(first, second) -> first + " " + second));
		ModelAndView page = this.view.show(form, NEWEST, request);
		page.addObject("errors", errors);
		page.setStatus(status);
		return page;
	}

	private ModelAndView refuse(HttpStatus status, LinkForm form, String notice, HttpServletRequest request) {
		ModelAndView page = this.view.show(form, NEWEST, request);
		page.addObject("notice", notice);
		page.setStatus(status);
		return page;
	}

	private static LinkCursor cursor(@Nullable String after) {
		try {
			return LinkCursor.parse(after);
		}
		catch (IllegalArgumentException ex) {
			return NEWEST;
		}
	}

	private static ModelAndView seeOther() {
		RedirectView redirect = new RedirectView("/");
		redirect.setStatusCode(HttpStatus.SEE_OTHER);
		redirect.setExposeModelAttributes(false);
		return new ModelAndView(redirect);
	}

	private static void doNotStore(HttpServletResponse response) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
	}

}
