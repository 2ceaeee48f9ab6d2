# Sourced by ./vsr and ./test: finds .NET 10 and FFmpeg's libraries, and installs the latter where that is possible.
# Sets: dotnet. Messages go to standard error.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-/nonexistent}/dotnet" "$HOME/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
        [ -n "$candidate" ] && [ -x "$candidate" ] || continue
        if "$candidate" --list-sdks 2>/dev/null | grep -q '^10\.'; then
            dotnet=$candidate
            return 0
        fi
    done
    echo "vsr: the .NET 10 SDK was not found on the PATH, in DOTNET_ROOT or in the usual places." >&2
    echo "  install it: https://learn.microsoft.com/dotnet/core/install/linux" >&2
    return 1
}

# The library folders that the loader searches, near enough.
library_folders() {
    local IFS=:
    for folder in ${LD_LIBRARY_PATH:-}; do echo "$folder"; done
    echo "/usr/lib/$(uname -m)-linux-gnu
/lib/$(uname -m)-linux-gnu
/usr/lib64
/usr/lib
/usr/local/lib"
}

# The FFmpeg releases that vsr knows, as avformat avcodec avutil swscale: 5.1, 7.1, 6.1.
ffmpeg_releases="59:59:57:6 61:61:59:8 60:60:58:7"

has_ffmpeg() {
    local folder release avformat avcodec avutil swscale
    while IFS= read -r folder; do
        for release in $ffmpeg_releases; do
            IFS=: read -r avformat avcodec avutil swscale <<< "$release"
            if [ -e "$folder/libavformat.so.$avformat" ] && [ -e "$folder/libavcodec.so.$avcodec" ] &&
                [ -e "$folder/libavutil.so.$avutil" ] && [ -e "$folder/libswscale.so.$swscale" ]; then
                return 0
            fi
        done
    done < <(library_folders)
    return 1
}

# The packages of the newest known release that this distribution has.
ffmpeg_packages() {
    local release avformat avcodec avutil swscale
    for release in $ffmpeg_releases; do
        IFS=: read -r avformat avcodec avutil swscale <<< "$release"
        if apt-cache show "libavformat$avformat" > /dev/null 2>&1; then
            echo "libavformat$avformat libavcodec$avcodec libavutil$avutil libswscale$swscale"
            return 0
        fi
    done
    return 1
}

ensure_ffmpeg() {
    has_ffmpeg && return 0
    if ! command -v apt-get > /dev/null; then
        echo "vsr: FFmpeg's libraries (5.1, 6.1 or 7.1: libavformat, libavcodec, libavutil, libswscale) are missing; install them with this system's package manager." >&2
        return 1
    fi
    if [ "$(id -u)" = 0 ] && [ "${VSR_NO_INSTALL:-0}" != 1 ]; then
        local log packages
        log=$(mktemp)
        packages=$(ffmpeg_packages) || { apt-get update > "$log" 2>&1 || true; packages=$(ffmpeg_packages) || packages=ffmpeg; }
        echo "vsr: installing $packages with apt-get: FFmpeg's libraries, which read and write the video, are missing" >&2
        # shellcheck disable=SC2086
        if DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages > "$log" 2>&1 ||
            { apt-get update >> "$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >> "$log" 2>&1; }; then
            rm -f "$log"
            has_ffmpeg && return 0
            echo "vsr: the installed FFmpeg is none of 5.1, 6.1 and 7.1" >&2
            return 1
        fi
        tail -n 5 "$log" >&2
        rm -f "$log"
        echo "vsr: apt-get could not install $packages" >&2
        return 1
    fi
    echo "vsr: FFmpeg's libraries are missing; install them with:" >&2
    echo "  sudo apt-get install --no-install-recommends $(ffmpeg_packages || echo ffmpeg)" >&2
    return 1
}
