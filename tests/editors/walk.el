;;; walk.el --- What the tests of all recipes for Emacs need -*- lexical-binding: t -*-

;; The mode for Markdown is a package of its own; only its name matters here.
(define-derived-mode markdown-mode text-mode "Markdown")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))

(defun wait-until (ready)
  "Let processes talk until READY says so."
  (with-timeout (20 (error "Nothing came"))
    (while (not (funcall ready)) (accept-process-output nil 0.02))))

(defun note-places (next)
  "Go to each place by calling NEXT; note what stands there."
  (let (seen)
    (condition-case nil
        (while t
          (funcall next)
          (push (buffer-substring-no-properties (point) (line-end-position)) seen))
      (user-error nil))
    (write-region (mapconcat #'identity (reverse seen) "\n") nil (getenv "SEEN"))))
