using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Slipway.FakeGate.Access;

namespace Slipway.FakeGate.Http;

/// <summary>What every request goes through before its route: counting, the request's id, paths that Spring refuses, sign-in, errors.</summary>
internal static class Pipeline
{
    public static void UseGateWays(this WebApplication app, Desk desk, RequestCounts counts, FaultyAnswers faulty, TimeProvider time)
    {
        app.Use(async (context, next) =>
        {
            counts.Add(context.Request.Method, context.Request.Path);
            context.Response.Headers["X-SPINNAKER-REQUEST-ID"] = context.Request.Headers["X-SPINNAKER-REQUEST-ID"].FirstOrDefault() ?? Guid.NewGuid().ToString();
            await next();
        });
        app.Use(faulty.InvokeAsync);
        app.Use((context, next) => AnsweredAsync(context, next, time));
        app.UseRouting();
        app.Use((context, next) => SignedInAsync(context, next, desk));
    }

    private static async Task AnsweredAsync(HttpContext context, RequestDelegate next, TimeProvider time)
    {
        if (HasEncodedSlash(context))
        {
            await Answers.ErrorAsync(context, 400, "The request was rejected because the URL contained a potentially malicious String \"%2F\"", "org.springframework.security.web.firewall.RequestRejectedException", time.GetUtcNow());
            return;
        }

        try
        {
            await next(context);
            if (context.Response is { StatusCode: 404 or 405, HasStarted: false } && context.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
                await NoRouteAsync(context, time);
        }
        catch (GateException trouble)
        {
            await Answers.ErrorAsync(context, trouble.Status, trouble.Message, trouble.Type, time.GetUtcNow());
        }
        catch (InvalidOperationException trouble) when (context.Request.Path.StartsWithSegments("/_fake"))
        {
            await Answers.ErrorAsync(context, 400, trouble.Message, null, time.GetUtcNow());
        }
        catch (BadHttpRequestException trouble)
        {
            await Answers.ErrorAsync(context, 400, trouble.Message, "org.springframework.web.method.annotation.MethodArgumentTypeMismatchException", time.GetUtcNow());
        }
    }

    private static Task NoRouteAsync(HttpContext context, TimeProvider time) => context.Response.StatusCode == 404
        ? Answers.UnknownPathAsync(context)
        : Answers.ErrorAsync(context, 405, $"Request method '{context.Request.Method}' is not supported", "org.springframework.web.HttpRequestMethodNotSupportedException", time.GetUtcNow());

    private static async Task SignedInAsync(HttpContext context, RequestDelegate next, Desk desk)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && !IsExact(endpoint.RoutePattern, context.Request.Path))
            context.SetEndpoint(null);

        var user = desk.Door.Find(context);
        if (AccessRoutes.IsOpen(context.Request.Path))
            user ??= new(Door.Anonymous);

        if (user is null || (desk.Around.Faults.SessionsExpired && !AccessRoutes.IsOpen(context.Request.Path)))
        {
            Refuse(context, user is null ? desk.Door.Refusal : StatusCodes.Status302Found);
            return;
        }

        context.Items[nameof(Desk.Caller)] = user;
        await next(context);
    }

    private static void Refuse(HttpContext context, int status)
    {
        if (status != StatusCodes.Status302Found)
            throw new GateException(status, status == 401 ? "Unauthorized" : "X-SPINNAKER-USER header not found in request.");

        Answers.ToLogin(context);
    }

    /// <summary>Spring tells capitals from small letters, and takes no slash at the end.</summary>
    private static bool IsExact(RoutePattern pattern, PathString path)
    {
        var parts = path.Value!.Split('/')[1..];
        return parts.Length == pattern.PathSegments.Count
            && pattern.PathSegments.Zip(parts).All(pair => pair.First.Parts[0] is not RoutePatternLiteralPart literal || literal.Content == pair.Second);
    }

    private static bool HasEncodedSlash(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0].Contains("%2F", StringComparison.OrdinalIgnoreCase);
}
