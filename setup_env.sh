#!/bin/sh
# Пишет .env: для разработки (./setup_env.sh) или заготовку для сервера (./setup_env.sh production).
# Существующий .env не трогает. Нужен только Python 3; другой можно указать в PYTHON.
set -eu

case "${1:-development}" in
development | production) environment=${1:-development} ;;
*)
    echo "Использование: ./setup_env.sh [development|production]" >&2
    exit 2
    ;;
esac

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target="$root/.env"

if [ -e "$target" ] || [ -L "$target" ]; then
    echo "Файл .env уже есть, он не изменён. Чтобы создать новый, сначала переименуйте или удалите его." >&2
    exit 0
fi

if ! key=$("${PYTHON:-python3}" -c 'import secrets; print(secrets.token_urlsafe(50))'); then
    echo "Не удалось запустить Python 3. Установите его или укажите путь в переменной PYTHON." >&2
    exit 1
fi

if [ "$environment" = production ]; then
    text=$(sed "s|^SECRET_KEY=.*|SECRET_KEY=$key|" "$root/.env.example")
else
    text="# Разработка на своём компьютере. Описание переменных: docs/CONFIGURATION.ru.md
DJANGO_ENV=development
SECRET_KEY=$key"
fi

umask 077 # в файле секрет: читает только владелец
set -C    # если .env успел появиться, он не перезаписывается
if ! { printf '%s\n' "$text" >"$target"; } 2>/dev/null; then
    echo "Не удалось записать .env. Проверьте права на папку проекта и место на диске." >&2
    exit 1
fi

echo "Создан .env ($environment)." >&2
if [ "$environment" = production ]; then
    echo "Заполните пустые значения и проверьте: python backend/compliance_app/config_validator.py" >&2
fi
