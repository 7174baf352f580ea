/* demo_cases.c owns the demo's story: invented people, forty invented cases. */
#include "cli/demo_private.h"

#include <stddef.h>

const struct demo_member demo_members[] = {
	{ "ha", "Trần Thị Hà", "coordinator", "Đội trưởng" },
	{ "binh", "Nguyễn Thanh Bình", "coordinator", "Đội phó" },
	{ "tuan", "Lê Minh Tuấn", "responder", "Trực ca" },
	{ "lan", "Võ Ngọc Lan", "responder", "Kỹ thuật TTDL" },
	{ "nam", "Phạm Hoài Nam", "responder", "An toàn thông tin" },
	{ "thu", "Đặng Thu Hương", "responder", "Phần mềm" },
	{ "khai", "Bùi Quang Khải", "viewer", "Văn phòng" },
	{ 0 },
};

/* From taking up to recovered and closed, in ordinary time. */
#define TO_RECOVERED(who) "+1m tuan assign " who "\n+8m " who " responding\n+35m " who \
	" contained\n+50m " who " recovered\n"
#define CLOSED(text) "+1d ha close " text "\n"
#define FINISHED(who) "+2h " who " finish Phần còn lại không phải làm\n"

const struct demo_case demo_cases[] = {
	{ "59d 02:10", "power", "TTDL", "tuan", "Mất điện trạm chính TTDL, chạy ắc quy",
	  "Kỹ thuật trực", false,
	  "+2m tuan ack\n+2m tuan begin PA-MD\n+3m tuan work 3\n"
	  "+4m ha severity 4|Máy phát chưa nhận tải, ắc quy còn 45 phút\n"
	  "+3m tuan release\n+2m tuan by_hand Điện thoại: trực điện hẹn 03:30\n"
	  "+5m lan work 6\n+2m tuan responding\n+20m lan work 6\n+8m lan note Máy phát nhận tải\n"
	  "+30m tuan contained\n+25m tuan responding Kiểm tra chưa ổn định\n+40m tuan contained\n"
	  "+50m lan recovered\n"
	  FINISHED("lan") "+3h ha reportable no|Không ảnh hưởng người dân\n"
	  CLOSED("Cắt điện ngoài kế hoạch|Có điện lại 05:10, bật theo thứ tự|Sạc đủ ắc quy,"
		" thử máy phát hằng tuần") },
	{ "57d 08:20", "link", "LAN-XA", "lan", "Xã mất kết nối truyền số liệu chuyên dùng",
	  "Cán bộ đầu mối xã", false,
	  "+4m lan ack\n" TO_RECOVERED("lan") "+1h ha reportable no|Một điểm, 40 phút\n"
	  "+2m ha severity 1|Một xã\n" CLOSED("Đứt cáp quang|Nhà mạng hàn lại|Ghi số mạch sẵn") },
	{ "55d 14:05", "attack", "CONG-XA", "nam", "Trang thông tin một xã bị đổi giao diện",
	  "Người dân báo", false,
	  "+3m nam ack\n+3m nam begin PA-TC-GD\n+5m nam work 4\n"
	  "+4m nam severity 2|Một trang, không có dữ liệu cá nhân\n"
	  "+6m nam observable ip|203.0.113.77|Nơi tải tệp lên\n"
	  "+3m nam evidence Nhật ký máy chủ web|203.0.113.77 POST /upload.php 200\n"
	  "+1m tuan assign nam\n+9m nam responding\n+40m nam contained\n+3h nam recovered\n"
	  FINISHED("nam") "+2h ha reportable yes|Tấn công vào hệ thống nhà nước\n"
	  "+20h ha notice full-72h|31/BC-ĐUCSC|e_office\n"
	  CLOSED("Lỗ hổng tải tệp|Vá, dựng lại trang|Rà mọi trang cùng mã nguồn") },
	{ "54d 09:30", "hardware", "LGSP", "lan", "Máy chủ LGSP số 1 báo lỗi nguồn", NULL, false,
	  "+5m lan ack\n+2m lan task Đặt bộ nguồn thay|lan|2880\n" TO_RECOVERED("lan")
	  "+1d lan task_done 1|Đã thay, chạy thử 24 giờ\n"
	  "+1h ha severity 2|Còn máy dự phòng nóng\n+1m ha reportable no|Dịch vụ không ngừng\n"
	  CLOSED("Bộ nguồn hỏng|Thay bộ nguồn|Để sẵn một bộ nguồn") },
	{ "52d 16:45", "software", "TTHC", "thu", "Hệ thống TTHC báo lỗi khi nộp hồ sơ",
	  "Bộ phận một cửa", false,
	  "+2m thu ack\n+3m thu begin PA-PM\n+4m thu work 3\n+5m thu severity 3|Toàn tỉnh\n"
	  "+1m tuan assign thu\n+9m thu responding\n+25m thu contained\n+45m thu recovered\n"
	  FINISHED("thu") "+1h ha reportable no|Lỗi bản cập nhật\n"
	  CLOSED("Bản cập nhật lỗi|Quay lại bản trước|Thử trên máy thử trước") },
	{ "50d 10:10", "other", NULL, "tuan", "Người dân hỏi cách đổi mật khẩu dịch vụ công",
	  "Tổng đài", false, "+6m tuan dismissed Không phải sự cố, đã hướng dẫn\n" },
	{ "48d 22:40", "link", "TSLCD", "tuan", "Mạng truyền số liệu chuyên dùng chập chờn",
	  NULL, false,
	  "+3m tuan ack\n+2m tuan begin PA-DT\n+6m tuan work 5\n+3m ha severity 3|Nhiều xã\n"
	  TO_RECOVERED("tuan") FINISHED("tuan") "+1h ha reportable no|Không mất dữ liệu\n"
	  CLOSED("Thiết bị đầu mối lỗi|Nhà mạng thay|Có đường dự phòng cho xã") },
	{ "46d 07:55", "hardware", "NAS", "lan", "Một ổ đĩa của NAS hỏng", NULL, false,
	  "+8m lan ack\n+5m lan severity 1|RAID còn dư một ổ\n" TO_RECOVERED("lan")
	  "+10m lan reportable no|Nội bộ\n"
	  CLOSED("Ổ đĩa hết hạn|Thay ổ|Theo dõi SMART hằng tuần") },
	{ "45d 13:20", "attack", "THU", "nam", "Thư lừa đảo gửi tới nhiều hộp thư công vụ",
	  "SOC", false,
	  "+4m nam ack\n+5m nam observable domain|dang-nhap-thu.example|Trang giả\n"
	  "+2m nam observable mail|hotro@dang-nhap-thu.example|Người gửi\n"
	  "+3m nam severity 2|Chưa ai nhập mật khẩu\n" TO_RECOVERED("nam")
	  "+1h ha reportable no|Đã chặn trước khi có thiệt hại\n"
	  CLOSED("Thư lừa đảo|Chặn tên miền, báo mọi hộp thư|Tập huấn lại cho văn thư") },
	{ "45d 13:32", "attack", "THU", "thu", "Hộp thư nhận được thư lạ đòi mật khẩu",
	  NULL, false,
	  "+5m thu ack\n+11m ha reportable no|Cùng một đợt thư\n+1m ha merge -1\n" },
	{ "43d 03:15", "power", "UPS", "lan", "Bộ lưu điện báo ắc quy yếu", "Giám sát", false,
	  "+6m lan ack\n+4m lan begin\n+5m lan work 2\n+1m tuan assign lan\n+9m lan responding\n"
	  "+50m lan contained\n+3h lan recovered\n" FINISHED("lan")
	  "+1h ha severity 2|Còn máy phát\n+1m ha reportable no|Nội bộ\n"
	  CLOSED("Ắc quy hết hạn|Thay ắc quy|Đo nội trở hằng quý") },
	{ "41d 11:00", "software", "QLVB", "thu", "Phần mềm quản lý văn bản chậm", NULL, false,
	  "+9m thu ack\n+4m thu severity 1|Chậm, còn dùng được\n" TO_RECOVERED("thu")
	  "+5m thu reportable no|Nội bộ\n"
	  CLOSED("Chỉ mục hỏng|Dựng lại chỉ mục|Dựng hằng tháng") },
	{ "40d 09:00", "power", "TTDL", "ha", "Diễn tập: mất điện trung tâm dữ liệu", NULL, true,
	  "+2m tuan ack\n+2m tuan begin PA-MD\n+5m tuan work 5\n+9m tuan responding\n"
	  "+30m tuan contained\n+30m tuan recovered\n" FINISHED("tuan")
	  "+1m ha severity 4|Theo kịch bản\n+1m ha reportable no|Diễn tập\n"
	  CLOSED("Diễn tập|Đạt 18 trên 20 bước|Số điện thoại phòng máy đã đổi") },
	{ "38d 15:30", "hardware", "HNTH", "lan", "Hội nghị truyền hình mất tiếng phòng họp số 2",
	  "Văn phòng", false,
	  "+1m lan ack\n" TO_RECOVERED("lan") "+5m lan severity 1|Một phòng\n"
	  "+2m lan reportable no|Nội bộ\n"
	  CLOSED("Dây tiếng lỏng|Cắm lại|Thử trước mỗi buổi họp") },
	{ "36d 20:05", "attack", "LAN-SO", "nam", "Một máy trạm sở bị mã hóa tệp",
	  "Cán bộ CNTT sở", false,
	  "+2m nam ack\n+1m nam begin PA-TC-MH\n+3m nam work 4\n"
	  "+2m ha severity 3|Một máy, còn bản sao\n+5m ha reportable yes|Mã hóa dữ liệu\n"
	  "+90m ha notice initial-24h|32/TB-ĐUCSC|e_office\n"
	  "+4m nam observable hash|d41d8cd98f00b204e9800998ecf8427e|Tệp lạ\n"
	  "+1m tuan assign nam\n+9m nam responding\n+2h nam contained\n+1d nam recovered\n"
	  "+1h ha notice full-72h|33/BC-ĐUCSC|e_office\n" FINISHED("nam")
	  "+1d ha notice closing|35/BC-ĐUCSC|official_letter\n"
	  CLOSED("Mở tệp đính kèm lạ|Cài lại máy, khôi phục tệp|Tắt macro toàn sở") },
	{ "34d 08:40", "link", "LAN-XA", "tuan", "Xã miền núi mất kết nối do sạt lở", NULL, false,
	  "+3m tuan ack\n" TO_RECOVERED("tuan") "+20m ha severity 2|Cả xã, 6 giờ\n"
	  "+2m ha reportable no|Mất liên lạc do thiên tai\n"
	  CLOSED("Sạt lở đứt cáp|Kéo cáp tạm|Xin trạm vệ tinh cho xã")
	  "+2d ha reopen Lại mất kết nối\n+30m tuan contained\n+1h tuan recovered\n" },
	{ "32d 10:25", "software", "CONG", "thu",
	  "Cổng thông tin điện tử báo chứng thư sắp hết hạn",
	  NULL, false,
	  "+7m thu ack\n" TO_RECOVERED("thu") "+4m thu severity 1|Còn 5 ngày\n"
	  "+2m thu reportable no|Chưa ảnh hưởng\n"
	  CLOSED("Quên gia hạn|Đã gia hạn|Nhắc trước 30 ngày") },
	{ "30d 17:50", "other", NULL, "tuan", "Mất chìa khóa phòng máy", "Bảo vệ", false,
	  "+5m tuan ack\n+20m tuan note Tìm thấy ở phòng giao ban\n"
	  "+5m ha dismissed Đã tìm thấy\n" },
	{ "28d 01:30", "hardware", "MAYPHAT", "lan", "Máy phát điện không nổ khi chạy thử", NULL,
	  false,
	  "+5m lan ack\n+9m lan severity 3|Không còn dự phòng nguồn\n" TO_RECOVERED("lan")
	  "+10m ha reportable no|Chạy thử\n"
	  CLOSED("Bình đề hỏng|Thay bình|Chạy thử hằng tuần, ghi sổ") },
	{ "26d 14:15", "attack", "SOC", "nam", "SOC cảnh báo quét cổng từ bên ngoài", NULL, false,
	  "+2m nam ack\n+3m nam observable ip|198.51.100.23|Quét 4000 cổng\n"
	  "+10m nam dismissed Quét thường ngày, đã chặn\n" },
	{ "24d 09:45", "software", "BAOCAO", "thu", "Báo cáo tỉnh sai số liệu tháng", NULL, false,
	  "+9m thu ack\n+4m thu set category=dữ liệu\n+2m thu undo\n" TO_RECOVERED("thu")
	  "+1h ha reportable no|Sai số liệu nội bộ\n" },
	{ "22d 05:10", "power", "TTDL", "tuan", "Điện lưới chập chờn tại TTDL", "Giám sát", false,
	  "+1m tuan ack\n+1m tuan begin\n+3m tuan work 4\n+2m tuan release\n+9m tuan responding\n"
	  "+20m tuan contained\n+1h tuan recovered\n" FINISHED("tuan")
	  "+1h ha reportable no|Dịch vụ không ngừng\n" },
	{ "20d 11:35", "link", "DVCQG", "thu", "Không kết nối được Cổng dịch vụ công quốc gia",
	  "Bộ phận một cửa", false,
	  "+2m thu ack\n" TO_RECOVERED("thu") "+5m ha severity 2|Toàn tỉnh, 95 phút\n"
	  "+2m ha reportable no|Sự cố phía Cổng quốc gia\n"
	  CLOSED("Phía Cổng bảo trì|Hết bảo trì|Xin lịch bảo trì trước") },
	{ "18d 19:20", "attack", "HOSTING-KT", "nam", "Mã độc trên máy chủ hosting cũ",
	  "SOC", false,
	  "+3m nam ack\n+2m nam begin\n+5m nam work 3\n+3m nam severity 3|Nhiều trang chung máy\n"
	  "+9m nam responding\n+20m ha reportable yes|Mã độc trên máy chủ\n+2h nam contained\n"
	  "+1h ha notice initial-24h|40/TB-ĐUCSC|e_office\n"
	  "+1h ha scene Công an tỉnh|112/CV-ANM|Nhật ký, ổ đĩa máy chủ hosting\n"
	  "+1d nam task Rà các trang còn lại|nam|4320\n"
	  "+20h ha notice full-72h|42/BC-ĐUCSC|e_office\n" },
	{ "16d 08:10", "hardware", "LGSP", "lan", "LGSP chuyển sang máy dự phòng",
	  "Giám sát", false,
	  "+1m lan ack\n+2m lan begin PA-PC\n+4m lan work 4\n+9m lan responding\n"
	  "+25m lan contained\n"
	  "+2h lan recovered\n+2m lan state LGSP|no_standby\n"
	  "+1h ha reportable no|Máy dự phòng tiếp quản\n" },
	{ "14d 16:00", "software", "MOTCUA", "thu", "Một cửa điện tử không in được biên nhận",
	  NULL,
	  false, "+4m thu ack\n" TO_RECOVERED("thu") "+3m thu severity 1|In tay được\n"
	  "+1m thu reportable no|Nội bộ\n"
	  CLOSED("Máy in đổi địa chỉ|Cài lại|Đặt địa chỉ cố định") },
	{ "13d 09:00", "attack", "CONG", "ha", "Diễn tập: đổi giao diện cổng tỉnh", NULL, true,
	  "+3m nam ack\n+2m nam begin PA-TC-GD\n+5m nam work 3\n+9m nam responding\n"
	  "+1m ha reportable no|Diễn tập\n" },
	{ "12d 23:10", "link", "LAN-XA", "tuan", "Ba xã cùng mất kết nối", NULL, false,
	  "+2m tuan ack\n+2m tuan begin PA-DT\n+5m tuan work 4\n+9m tuan responding\n"
	  "+1h tuan contained\n+8h ha reportable no|Ba xã, đường trục nhà mạng\n" },
	{ "10d 10:50", "other", "IOC", "thu", "Màn hình IOC hiện sai giờ", NULL, false,
	  "+9m thu ack\n" TO_RECOVERED("thu") "+1m thu severity 1|Chỉ hiển thị\n"
	  "+1m thu reportable no|Nội bộ\n" CLOSED("NTP ngừng|Bật lại NTP|Giám sát NTP") },
	{ "8d 13:40", "attack", "LAN-XA", "nam", "Máy một cửa xã nhiễm mã độc đào tiền ảo", "SOC",
	  false, "+3m nam ack\n+4m nam observable domain|pool.dao-coin.example|Máy chủ đào\n"
	  "+9m nam responding\n+50m nam contained\n+5m ha reportable yes|Mã độc ở xã\n"
	  "+2h ha notice initial-24h|45/TB-ĐUCSC|e_office\n+1d nam recovered\n"
	  "+1h ha notice full-72h||phone\n" },
	{ "6d 15:15", "hardware", "SAOLUU-NGOAI", "lan", "Bản sao lưu ngoài không chạy hai đêm",
	  NULL, false, "+9m lan ack\n+5m lan task Kiểm tra quyền thư mục sao lưu|lan|240\n"
	  "+9m lan responding\n+1d lan note Chạy lại tay, chưa rõ nguyên nhân\n"
	  "+1h ha reportable no|Nội bộ\n" },
	{ "4d 09:20", "software", "TTHC", "thu", "TTHC chậm vào giờ cao điểm", "Bộ phận một cửa",
	  false, "+2m thu ack\n+2m thu begin PA-PM\n+6m thu work 2\n+9m thu responding\n"
	  "+2h ha reportable no|Chậm, không ngừng\n" },
	{ "3d 07:45", "link", "HNTH", "tuan", "Đường truyền hội nghị giật trước giờ họp",
	  NULL, false,
	  "+1m tuan ack\n+9m tuan responding\n+20m tuan contained\n"
	  "+1h ha reportable no|Một cuộc họp\n" },
	{ "2d 18:30", "attack", "THU", "nam", "Nghi lộ mật khẩu hộp thư một lãnh đạo",
	  "SOC", false,
	  "+2m nam ack\n+5m nam set tlp=red\n+2m nam set personal_data=yes\n"
	  "+3m ha severity 3|Hộp thư lãnh đạo\n+9m nam responding\n+1h nam contained\n"
	  "+1m nam link -1\n+1h ha reportable yes|Hộp thư có dữ liệu cá nhân\n"
	  "+2h ha notice initial-24h|51/TB-ĐUCSC|e_office\n" },
	{ "1d 10:05", "hardware", "TTDL", "lan", "Điều hòa phòng máy số 2 ngừng",
	  "Giám sát", false,
	  "+1m lan ack\n+2m lan severity 2|Còn một máy, 27 độ\n+9m lan responding\n"
	  "+30m lan task Gọi bên bảo trì điều hòa|lan|120\n"
	  "+2h lan recovered Nhiệt độ đã về 22\n" },
	{ "700m", "other", NULL, "tuan", "Camera hành lang phòng máy mất hình", NULL, false,
	  "+5m tuan ack\n+2m tuan assign lan\n+9m lan responding\n"
	  "+1h nam log check|SOC: bình thường\n"
	  "+2h nam give tuan|Camera hành lang chưa có hình: khóa cửa, ghi tên người vào\n"
	  "+6m tuan take\n+30m tuan log backup|Sao lưu CSDL LGSP đêm qua: đạt|LGSP\n"
	  "+2h tuan log opened|Mở tủ khóa phòng máy cho bên bảo trì điều hòa|TTDL\n"
	  "+1h tuan log call|Văn phòng UBND tỉnh hỏi lịch bảo trì, đã trả lời\n" },
	{ "240m", "power", "TTDL", "tuan", "Mất điện trạm chính TTDL, chạy ắc quy",
	  "Kỹ thuật trực", false,
	  "+1m tuan ack\n+1m tuan begin PA-MD\n+3m tuan work 5\n+2m tuan release\n"
	  "+1m tuan responding\n+1m tuan call dien|trực ban điện lực|Trạm hỏng, hẹn 03:30\n"
	  "+1m tuan call so_khcn\n+1m ha call ca_anm|trực ban Công an tỉnh|Đã ghi nhận\n"
	  "+2m tuan post zalo|so_13|THÔNG BÁO: mất điện TTDL, tạm nhận hồ sơ giấy.\n"
	  "+4m tuan confirm so-01|văn thư\n+1m tuan confirm so-03|trực ban\n"
	  "+1m lan work 2\n"
	  "+3m tuan wait dien|Cấp điện lại trạm chính|DL-112|+60m\n"
	  "+1m tuan ask Lãnh đạo Đội trực|Tắt có trật tự các máy chủ?|Tắt,Giữ|+10m|"
		"Kỹ thuật trực được tắt theo ủy quyền ghi trong phương án\n"
	  "+2m tuan answer\n+3m tuan answer Giữ|Trần Thị Hà\n"
	  "+5m tuan caller +nghĩa lộ|Chị Hoa|0255 000 0101|Một cửa không vào được phần mềm\n"
	  "+9m tuan caller +cẩm thành|Anh Dũng|0255 000 0102|Mất thư điện tử, mất văn bản\n"
	  "+4m tuan caller +kon tum|Anh Y Thanh|0260 000 0103|Không tra được hồ sơ\n"
	  "+60m tuan asked Trạm biến áp hỏng, đang thay|+45m\n"
	  "+126m lan reading CÒN ĐIỆN|52\n+2m tuan quick report|vp_ubnd|phone|trực ban\n" },
	{ "95m", "attack", "CONG-XA", "nam", "Trang một phường hiện nội dung lạ", "Người dân báo",
	  false, "+2m nam ack\n+2m nam begin PA-TC-GD\n+4m nam work 2\n"
	  "+1m thu planned QLVB|Nâng cấp bản vá máy chủ ký số|-3h|-2h\n"
	  "+1m lan planned LGSP|Thử chuyển đổi dự phòng nóng|+20h|+22h\n" },
	{ "40m", "link", "LAN-XA", "tuan", "13 xã mất kết nối truyền số liệu chuyên dùng",
	  "Cán bộ đầu mối xã", false, "+2m ha assign lan\n"
	  "+1m lan set must_be_back_by=07:00 bộ phận một cửa mở\n"
	  "+2m lan wait vien_thong_vnpt|Nối lại đường ra đảo|VN-20|+10m\n"
	  "+1m lan ask tt_cds|Cho xã đảo dùng đường vệ tinh?|Cho dùng,Chờ|+15m\n"
	  "+1m lan answer\n"
	  "+1m lan points lý sơn, nghĩa lộ, cẩm thành, xa-qn-04, xa-qn-05, xa-qn-06,"
	  " xa-qn-07, xa-qn-08, xa-qn-09, Phường Kon Tum, xa-kt-02, xa-kt-03,"
	  " Trường nội trú huyện cũ|down\n"
	  "+1m lan points_set 1 2 3 4 5 6 7 8 9 10 11 12 13|told=Zalo\n"
	  "+1m lan points_set 2 3 10|confirmed_by=đầu mối CNTT\n"
	  "+1m lan points_set 1 4 10|reserve=4G|state=reserve\n"
	  "+1m lan points_set 11|state=mất điện\n+1m lan points_set 5|state=back\n"
	  "+3m tuan caller +lý sơn|Anh Hải|0255 000 0104|Cả đảo mất mạng, họp 8 giờ\n"
	  "+2m tuan caller -xã số 07|Chị Mai|0255 000 0105|Máy in một cửa báo lỗi\n"
	  "+20m tuan caller -xã số 21 (Kon Tum)|Anh Bình|0260 000 0106|Không vào được thư\n" },
	{ "12m", "software", "QLVB", "tuan", "Không ký số được văn bản đi", "Văn thư", false,
	  "+1m tuan assign \n" },
};
const int demo_case_count = sizeof demo_cases / sizeof *demo_cases;
