import "@mantine/notifications/styles.css";

export { Notifications as Announcements } from "@mantine/notifications";
