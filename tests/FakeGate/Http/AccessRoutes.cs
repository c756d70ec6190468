using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Access;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Who is signed in, the form to sign in, health and version.</summary>
internal static class AccessRoutes
{
    /// <summary>What may be asked without being signed in.</summary>
    public static bool IsOpen(PathString path) => path == "/auth/user" || path == "/health" || path == "/login" || path.StartsWithSegments("/_fake");

    public static void MapAccess(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/health", () => Answers.Json(Wire.Object(("status", "UP"))));
        app.MapGet("/version", () => Answers.Json(Wire.Object(("version", desk.Around.Options.Version))));
        app.MapGet("/auth/user", (HttpContext http) => desk.Door.Find(http) is { } user && !desk.Around.Faults.SessionsExpired ? Answers.Json(Show(desk, user)) : Answers.Empty);
        app.MapGet("/login", (HttpContext http) => desk.Door.Find(http) is { } user ? SignedIn(http, desk.Door.Open(user)) : Results.Content("<html><body><form method=\"post\"></form></body></html>", "text/html"));
        app.MapPost("/login", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            return desk.Door.Open(form["username"], form["password"]) is { } cookie ? SignedIn(http, cookie) : Results.Redirect("/login?error");
        });
    }

    public static void MapApiTokens(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapPost("/auth/apiTokens", (HttpContext http, Body body) =>
        {
            var made = desk.Around.Turnstile.Do(now => desk.Door.Tokens.Add(body.Json.Text("name") ?? "", Desk.Caller(http), now));
            return Answers.Json(Show(made).Merge(Wire.Object(("token", made.Value))), StatusCodes.Status201Created);
        });
        app.MapGet("/auth/apiTokens", (HttpContext http) => Answers.Json(Wire.Array(desk.Door.Tokens.Of(Desk.Caller(http)).Select(Show))));
        app.MapDelete("/auth/apiTokens/{id}", (HttpContext http, string id) =>
            desk.Door.Tokens.Remove(id, Desk.Caller(http)) ? Results.NoContent() : throw new GateException(404, $"API token {id} not found"));
    }

    private static JsonObject Show(ApiToken token) => Wire.Object(
        ("id", token.Id),
        ("name", token.Name),
        ("principalType", "USER"),
        ("principalId", token.Owner.Name),
        ("createdAt", Wire.Millis(token.Created)));

    private static IResult SignedIn(HttpContext http, string cookie)
    {
        http.Response.Cookies.Append("SESSION", cookie, new() { HttpOnly = true, Path = "/" });
        return Results.Redirect("/");
    }

    private static JsonObject Show(Desk desk, User user)
    {
        var anonymous = user.Name == Door.Anonymous;
        var accounts = desk.Around.World.Accounts.Select(account => account.Name);
        return Wire.Object(
            ("email", anonymous ? "anonymous" : user.Name),
            ("username", user.Name),
            ("firstName", null),
            ("lastName", null),
            ("roles", Wire.Texts(user.Roles)),
            ("allowedAccounts", Wire.Texts(accounts)),
            ("authorities", Wire.Array(user.Roles.Select(role => Wire.Object(("authority", $"ROLE_{role}"))))),
            ("enabled", true),
            ("isAdmin", user.IsAdmin)).WithoutNulls();
    }
}
