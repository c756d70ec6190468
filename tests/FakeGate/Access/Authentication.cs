namespace Slipway.FakeGate.Access;

/// <summary>How callers say who they are.</summary>
public enum SignIn
{
    /// <summary>They do not; everybody is <c>anonymous</c>.</summary>
    None,

    /// <summary><c>Authorization: Basic</c>, or the form at <c>/login</c>. Otherwise 302 to /login.</summary>
    Basic,

    /// <summary><c>Authorization: Bearer</c> with a token of the identity provider. Otherwise 302 to /login.</summary>
    Bearer,

    /// <summary><c>X-Spinnaker-Token</c>, or the same as a bearer. Otherwise 401.</summary>
    ApiToken,

    /// <summary><c>X-SPINNAKER-USER</c>, trusted as it is. Otherwise an error.</summary>
    Header,

    /// <summary>A client certificate; its common name is the user. The address is https then.</summary>
    X509,

    /// <summary>Only the cookie that a browser gets. Otherwise 302 to /login.</summary>
    Sso,
}

/// <summary>Somebody whom Spinnaker knows.</summary>
public sealed record User(string Name)
{
    public string? Password { get; init; }

    /// <summary>For <see cref="SignIn.Bearer"/>, <see cref="SignIn.ApiToken"/> and, as the cookie <c>SESSION</c>, for <see cref="SignIn.Sso"/>.</summary>
    public string? Token { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public bool IsAdmin { get; init; }
}

/// <summary>How callers sign in, and who can.</summary>
public sealed record Authentication(SignIn By, params IReadOnlyList<User> Users)
{
    public static Authentication None { get; } = new(SignIn.None);
}
