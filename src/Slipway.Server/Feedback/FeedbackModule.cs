namespace Slipway.Server.Feedback;

/// <summary>What people say about Slipway from inside it.</summary>
internal static class FeedbackModule
{
    public static void MapFeedback(this IEndpointRouteBuilder api)
    {
        var feedback = api.MapGroup("/feedback").WithTags("Feedback");
        feedback.MapSend();
        feedback.MapList();
        feedback.MapAnswer();
        feedback.MapExport();
    }
}
