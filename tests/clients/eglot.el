;;; eglot.el --- Work with the language server as somebody at the keys does -*- lexical-binding: t -*-

(require 'eglot)
(require 'json)

;; The mode for Markdown is a package of its own; only its name matters here.
(define-derived-mode markdown-mode text-mode "Markdown")

(defvar seen nil "What was seen, by name.")

(defun wait-until (what ready)
  "Let processes talk until READY says that WHAT has come."
  (with-timeout (60 (error "Waited in vain for %s" what))
    (while (not (funcall ready))
      (accept-process-output nil 0.02)
      ;; Timers for idle times run only where somebody waits at a keyboard.
      (when (bound-and-true-p flymake-mode)
        (eglot--signal-textDocument/didChange)
        (flymake-start)))))

(defun whole () (buffer-substring-no-properties (point-min) (point-max)))

(defun note (name value) (push (cons name value) seen))

(defun changed-by (what work)
  "Do WORK, and wait until WHAT has changed the buffer."
  (let ((before (whole)))
    (funcall work)
    (wait-until what (lambda () (not (equal before (whole)))))))

(defun work ()
  (let ((eglot-server-programs `((markdown-mode . ,(append (json-read-from-string (getenv "SERVER")) nil))))
        (eglot-confirm-server-initiated-edits nil))
    (find-file (getenv "PLAN"))
    (markdown-mode)
    (call-interactively #'eglot)
    (wait-until "diagnostics" #'flymake-diagnostics)
    (note 'diagnostics
          (vconcat (mapcar (lambda (each)
                             (vector (flymake-diagnostic-text each)
                                     (buffer-substring-no-properties
                                      (flymake-diagnostic-beg each) (flymake-diagnostic-end each))))
                           (flymake-diagnostics))))
    (note 'squiggles
          (vconcat (delq nil (mapcar (lambda (each)
                                       (and (overlay-get each 'flymake-diagnostic)
                                            (buffer-substring-no-properties (overlay-start each) (overlay-end each))))
                                     (overlays-in (point-min) (point-max))))))
    ;; A fix, chosen from the menu.
    (goto-char (point-min))
    (search-forward "Medu")
    (let ((last-nonmenu-event ?\r) ; as somebody who has no mouse
          titles)
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_prompt choices &rest _)
                   (setq titles (mapcar (lambda (each) (if (consp each) (car each) each)) choices))
                   (car (seq-filter (lambda (each) (string-prefix-p "Write 'medium'" each)) titles)))))
        (changed-by "the fix" (lambda () (call-interactively #'eglot-code-actions))))
      (note 'titles (vconcat titles)))
    (note 'fixed (whole))
    (wait-until "no diagnostics" (lambda () (null (flymake-diagnostics))))
    (goto-char (point-min))
    (search-forward "### Stage 4")
    (changed-by "the new number" (lambda () (eglot-rename "9")))
    (note 'renamed (whole))))

(condition-case problem (work) (error (note 'error (error-message-string problem))))
(let ((coding-system-for-write 'utf-8-unix))
  (write-region (json-encode seen) nil (getenv "SEEN")))
(kill-emacs 0)
