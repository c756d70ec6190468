using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Slipway.FakeGate.Access;

/// <summary>Who a caller is.</summary>
internal sealed class Door(Authentication authentication)
{
    public const string Anonymous = "anonymous";

    private readonly ConcurrentDictionary<string, User> sessions = new();

    public ApiTokens Tokens { get; } = new();

    /// <summary>Null: nobody we know.</summary>
    public User? Find(HttpContext context) => authentication.By switch
    {
        SignIn.None => new(Anonymous),
        SignIn.Basic => Session(context) ?? ByPassword(context),
        SignIn.Bearer => Session(context) ?? ByToken(Bearer(context)),
        SignIn.ApiToken => ByToken(context.Request.Headers["X-Spinnaker-Token"].FirstOrDefault() ?? Bearer(context)),
        SignIn.Header => context.Request.Headers["X-SPINNAKER-USER"].FirstOrDefault() is { Length: > 0 } name ? Named(name) : null,
        SignIn.X509 => context.Connection.ClientCertificate?.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false) is { Length: > 0 } name ? Named(name) : null,
        _ => Session(context) ?? ByToken(context.Request.Cookies["SESSION"]),
    };

    /// <summary>How one is turned away who is nobody.</summary>
    public int Refusal => authentication.By switch
    {
        SignIn.ApiToken or SignIn.X509 => StatusCodes.Status401Unauthorized,
        SignIn.Header => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status302Found,
    };

    /// <summary>The cookie of a new session, or null where name and password do not fit.</summary>
    public string? Open(string? name, string? password)
    {
        if (authentication.Users.FirstOrDefault(user => user.Name == name && user.Password is not null && user.Password == password) is not { } user)
            return null;

        return Open(user);
    }

    public string Open(User user)
    {
        var cookie = Guid.NewGuid().ToString();
        sessions[cookie] = user;
        return cookie;
    }

    public void CloseAll() => sessions.Clear();

    private User Named(string name) => authentication.Users.FirstOrDefault(user => user.Name == name) ?? new(name);

    private User? Session(HttpContext context) =>
        context.Request.Cookies["SESSION"] is { } cookie ? sessions.GetValueOrDefault(cookie) : null;

    private User? ByToken(string? token) => token is null ? null : authentication.Users.FirstOrDefault(user => user.Token == token) ?? Tokens.OwnerOf(token);

    private User? ByPassword(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || header.Parameter is null)
            return null;

        Span<byte> decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out var length))
            return null;

        var (name, password) = Encoding.UTF8.GetString(decoded[..length]).Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        return authentication.Users.FirstOrDefault(user => user.Name == name && user.Password == password);
    }

    private static string? Bearer(HttpContext context) =>
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;
}
