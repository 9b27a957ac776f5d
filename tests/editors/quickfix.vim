" Note where the quickfix list leads, then what it holds where nothing could be linted.
execute 'edit' fnameescape($PLAN)
compiler lint-migration-plan
silent make!
let seen = []
for number in range(1, len(getqflist()))
  execute 'silent cc' number
  call add(seen, getqflist()[number - 1].type . ' ' . strpart(getline('.'), col('.') - 1))
endfor
call writefile(['nonsense: true'], '.lint-migration-plan.yaml')
silent make!
call writefile(seen + map(getqflist(), 'v:val.text'), $SEEN)
qall!
